import type { AnchorState, AnchorStore } from '#audit';
import type { EpochMillis } from '#kernel';

const at = Date.UTC(2026, 0, 5, 9) as EpochMillis;
const worm: AnchorState = { name: 'dir:/worm', kind: 'directory', size: 20, anchoredAt: at };
const cosignature = (name: string) => ({ name, keyId: 'ebade89d', time: 1, line: `— ${name} AAAAAAA=\n` });

/** Registers the tests that every {@link AnchorStore} must pass. `open` gives that of a log that was just begun. */
export function anchorStoreContract(name: string, open: () => Promise<AnchorStore>): void {
  describe(`${name} as an AnchorStore`, () => {
    let store: AnchorStore;
    beforeEach(async () => {
      store = await open();
    });

    it('knows nothing at first', async () => {
      expect(await store.states()).toEqual([]);
      expect(await store.witnessed()).toBeUndefined();
    });

    it('remembers how each anchor stands, by name', async () => {
      const never: AnchorState = { name: 'a.example/w', kind: 'witness', size: 0, failure: 'unreachable' };
      await store.save(worm);
      await store.save(never);
      expect(await store.states()).toEqual([never, worm]);
      await store.save({ ...worm, failure: 'full' });
      expect(await store.states()).toEqual([never, { ...worm, failure: 'full' }]);
    });

    it('never goes back to a smaller size, as after a late holder of the lease', async () => {
      await store.save({ ...worm, size: 30 });
      await store.save({ ...worm, failure: 'late' });
      expect(await store.states()).toEqual([{ ...worm, size: 30 }]);
    });

    it('keeps checkpoints with the first cosignature of each witness, and gives the largest that has any', async () => {
      const keep = (size: number, ...names: readonly string[]) =>
        store.keep({ size, checkpoint: `log\n${size}\n\n— log AAAA\n`, cosignatures: names.map(cosignature) });
      await keep(10, 'w1');
      await keep(20, 'w2');
      await keep(20, 'w1', 'w2');
      await keep(30);
      await store.keep({ size: 20, checkpoint: 'another', cosignatures: [{ ...cosignature('w1'), line: 'another' }] });

      expect(await store.witnessed()).toBe('log\n20\n\n— log AAAA\n— w1 AAAAAAA=\n— w2 AAAAAAA=\n');
    });
  });
}
