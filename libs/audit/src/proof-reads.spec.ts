import { generateKeyPairSync } from 'node:crypto';
import { RightEdge, leafHash, nodeHash, NoteSigner, signCheckpoint } from '#tlog';
import { MemoryLogStore } from '#testing';
import { LogProofs } from './log-proofs.ts';

const size = 10_000_000;
const width = 256;

/**
 * Tiles of a log in which entry i is the same as entry i + 65536, made when they are asked for: every second level of
 * tiles repeats one tile, so that no ten million hashes are needed, and neighbours still differ.
 */
const base = Array.from({ length: width * width }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));
const levels: readonly (readonly Uint8Array[])[] = (() => {
  const roots = (hashes: readonly Uint8Array[]) =>
    Array.from({ length: hashes.length / width }, (_, tile) => rootOf(hashes.slice(tile * width, (tile + 1) * width)));
  const first = roots(base);
  const [second] = roots(first);
  return [base, first, [second!], [rootOf(Array.from({ length: width }, () => second!))]];
})();

function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 1) return hashes[0]!;
  const half = hashes.length / 2;
  return nodeHash(rootOf(hashes.slice(0, half)), rootOf(hashes.slice(half)));
}

function hashesOf(level: number, from: number, count: number): Uint8Array {
  const repeated = levels[level]!;
  return Buffer.concat(Array.from({ length: count }, (_, at) => repeated[(from + at) % repeated.length]!));
}

class SyntheticStore extends MemoryLogStore {
  readonly reads: string[] = [];

  override tile(level: number, index: number): Promise<Uint8Array> {
    this.reads.push(`${level}/${index}`);
    return Promise.resolve(hashesOf(level, index * width, width));
  }
}

describe('a proof in a log of 10 million entries', () => {
  const signer = new NoteSigner('broker.example/audit/large', generateKeyPairSync('ed25519').privateKey);
  const edgeLevels = [0, 1, 2].map((level) => {
    const count = Math.floor(size / width ** level);
    return hashesOf(level, count - (count % width), count % width);
  });
  const edge = RightEdge.of(size, edgeLevels);
  const tip = { edge, checkpoint: signCheckpoint({ size, root: edge.root() }, signer) };

  it.each([0, 1, 255, 256, 65_535, 65_536, 4_999_999, 5_000_000, 9_961_471, 9_961_472, 9_999_871, size - 1])(
    'of entry %i verifies and reads at most 4 tiles',
    async (index) => {
      const store = new SyntheticStore();
      // It verifies before it is handed out: a wrong one would reject.
      const [proof] = await new LogProofs(store, signer).inclusions(tip, [index], size);

      expect(proof).toContain(`\nindex ${index}\n`);
      expect(store.reads.length).toBeLessThanOrEqual(4);
    },
  );

  it.each([1, 256, 65_537, 4_999_999, 9_999_999])(
    'that it extends its first %i entries reads at most 4 tiles',
    async (oldSize) => {
      const store = new SyntheticStore();
      await new LogProofs(store, signer).growth(tip, oldSize, size);

      expect(store.reads.length).toBeLessThanOrEqual(4);
    },
  );

  it('notices that a tile is not the one that was signed', async () => {
    const store = new SyntheticStore();
    store.tile = () => Promise.resolve(new Uint8Array(width * 32));
    await expect(new LogProofs(store, signer).inclusions(tip, [5], size)).rejects.toMatchObject({
      code: 'log_tiles_invalid',
    });
  });
});
