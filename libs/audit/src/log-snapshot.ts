import type { NoteSigner } from '#tlog';
import { signManifest } from './evidence/bundle-manifest.ts';
import { type SignedCount, signCount } from './export/signed-count.ts';
import type { KeyWindow } from './key-history.ts';
import type { LogProofs } from './log-proofs.ts';
import type { LogTip } from './log-tip.ts';

/** The log as it stood at one checkpoint, however far it grows meanwhile: whatever leaves the service is cut from one. */
export class LogSnapshot {
  readonly #tip: LogTip;
  readonly #proofs: LogProofs;
  readonly #signer: NoteSigner;

  constructor(
    tip: LogTip,
    proofs: LogProofs,
    signer: NoteSigner,
    /** The keys of the log with the sizes that each signs, oldest first: what verifiers take as a trust file. */
    readonly trust: readonly KeyWindow[],
  ) {
    this.#tip = tip;
    this.#proofs = proofs;
    this.#signer = signer;
  }

  /** Name of the log. */
  get origin(): string {
    return this.#signer.verifier.name;
  }

  /** Number of entries. */
  get size(): number {
    return this.#tip.edge.size;
  }

  /** The signed note of this size, with every signature line that it was stored with. */
  get checkpoint(): string {
    return this.#tip.checkpoint;
  }

  /** `.tlog-proof` texts that these entries are in the log, all under {@link checkpoint}; `entry_unknown` beyond it. */
  prove(indexes: readonly number[]): Promise<readonly string[]> {
    return this.#proofs.inclusions(this.#tip, indexes, this.size);
  }

  /** Ends an export of this log with its count, signed by the log's key. */
  signCount(count: number, query: string): SignedCount {
    return signCount({ count, query, checkpoint: this.checkpoint }, this.#signer);
  }

  /** The statement by the log's key that this is the manifest of a bundle. */
  signManifest(manifest: string): string {
    return signManifest(manifest, this.#signer);
  }
}
