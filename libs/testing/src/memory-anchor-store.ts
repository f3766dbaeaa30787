import { type AnchorState, AnchorStore, type KeptCheckpoint } from '#audit';

/** An {@link AnchorStore} in memory. */
export class MemoryAnchorStore extends AnchorStore {
  readonly #states = new Map<string, AnchorState>();
  readonly #kept = new Map<number, KeptCheckpoint>();

  override states(): Promise<readonly AnchorState[]> {
    return Promise.resolve([...this.#states.values()].sort((one, other) => (one.name < other.name ? -1 : 1)));
  }

  override save(state: AnchorState): Promise<void> {
    if ((this.#states.get(state.name)?.size ?? 0) <= state.size) this.#states.set(state.name, state);
    return Promise.resolve();
  }

  override keep(kept: KeptCheckpoint): Promise<void> {
    const { size, checkpoint, cosignatures } = this.#kept.get(kept.size) ?? { ...kept, cosignatures: [] };
    const added = kept.cosignatures.filter(({ name }) => !cosignatures.some((known) => known.name === name));
    const all = [...cosignatures, ...added].sort((one, other) => (one.name < other.name ? -1 : 1));
    this.#kept.set(size, { size, checkpoint, cosignatures: all });
    return Promise.resolve();
  }

  override witnessed(): Promise<string | undefined> {
    const witnessed = [...this.#kept.values()].filter(({ cosignatures }) => cosignatures.length > 0);
    const [newest] = witnessed.sort((one, other) => other.size - one.size);
    return Promise.resolve(newest && newest.checkpoint + newest.cosignatures.map(({ line }) => line).join(''));
  }
}
