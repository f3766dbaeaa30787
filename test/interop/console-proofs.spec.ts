import fc from 'fast-check';
import { verifyConsistency, verifyInclusion } from '#tlog';
import { type Bytes, fromBase64, joined, toHex } from '../../apps/console/src/proof/bytes.ts';
import { openCheckpoint } from '../../apps/console/src/proof/checkpoint.ts';
import { LogPublicKey } from '../../apps/console/src/proof/log-key.ts';
import { leafHash, provesGrowth, provesInclusion } from '../../apps/console/src/proof/merkle.ts';
import { readLeaf } from '../../apps/console/src/proof/leaf.ts';
import { readInclusionProof } from '../../apps/console/src/proof/proof-file.ts';
import { tilePath, TileTree } from '../../apps/console/src/proof/tile-tree.ts';
import { judgeEntry, worstOf } from '../../apps/console/src/proof/verdict.ts';
import { SomeTree } from './some-tree.ts';
import { flip, type Hashes, spoils } from './spoiled-hashes.ts';

const tree = new SomeTree(600);
const runs = { numRuns: 40 };
const bytes = (hash: Uint8Array): Bytes => joined(hash);
const headAt = async (size: number) => ({ size, root: bytes(await tree.rootAt(size)) });

/** Checked with Go's x/mod/sumdb/note and with openssl. */
const golden = {
  leaf: '{"a":1}',
  leafHash: 'c7261463ebd776f4650b6d0fe942d9cc38c925d90f77d440ab6df8d5dd258c5f',
  vkey: 'broker.example/audit/test+ebade89d+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c',
  checkpoint:
    'broker.example/audit/test\n3\nFaeAyGKD1CyME604W/lnlPK2G+zyLO/wjQJV4FUch48=\n\n' +
    '— broker.example/audit/test 663onVAlmEYKiRHxukSIpQ2sIJ8y46MISrzk/1kU1dNl3tlOvAQLrdfZGcz9jjjL0asDiXKfqTCo1/CnDjIo3QENQAM=\n',
};
const trusted = async (vkey = golden.vkey) => [{ key: await LogPublicKey.read(vkey), fromSize: 0 }];

/** What the console says of a path; libs/tlog has to agree. */
async function included(index: number, size: number, leaf: Uint8Array, hashes: Hashes): Promise<boolean> {
  const head = await headAt(size);
  const found = await provesInclusion(index, bytes(leaf), head, hashes.map(bytes));
  expect(found).toBe(verifyInclusion({ index, size, leafHash: leaf, root: head.root }, hashes));
  return found;
}

async function grown(oldSize: number, size: number, hashes: Hashes): Promise<boolean> {
  const [older, newer] = [await headAt(oldSize), await headAt(size)];
  const found = await provesGrowth(older, newer, hashes.map(bytes));
  expect(found).toBe(verifyConsistency({ oldSize, oldRoot: older.root, size, root: newer.root }, hashes));
  return found;
}

const noise = fc.record({ at: fc.nat(63), bit: fc.nat(255), how: fc.constantFrom(...Object.values(spoils)) });
const sizes = fc.integer({ min: 1, max: tree.size });

describe("the console's own verification", () => {
  it('agrees with the golden vector of the log format, byte for byte', async () => {
    expect(toHex(await leafHash(new TextEncoder().encode(golden.leaf)))).toBe(golden.leafHash);
    const opened = await openCheckpoint(golden.checkpoint, await trusted());
    expect(opened).toMatchObject({ origin: 'broker.example/audit/test', size: 3, keyId: 'ebade89d' });
  });

  it.each([
    ['another size', golden.checkpoint.replace('\n3\n', '\n4\n'), 'signature_invalid'],
    ['another root', golden.checkpoint.replace('FaeA', 'FaeB'), 'signature_invalid'],
    ['a spoiled signature', golden.checkpoint.replace('VAlm', 'VAln'), 'signature_invalid'],
    ['an unknown key', golden.checkpoint.replace('663on', '773on'), 'unsigned'],
    ['another log', golden.checkpoint.replaceAll('broker.example', 'other.example'), 'other_log'],
    ['a leading zero', golden.checkpoint.replace('\n3\n', '\n03\n'), 'malformed'],
    ['an extension line', golden.checkpoint.replace('=\n\n', '=\nmore\n\n'), 'malformed'],
    ['no last line end', golden.checkpoint.trimEnd(), 'malformed'],
    ['a control character', golden.checkpoint.replace('\n3', '\n\t3'), 'malformed'],
  ])('refuses a checkpoint with %s', async (_what, note, code) => {
    await expect(openCheckpoint(note, await trusted())).rejects.toMatchObject({ code });
  });

  it('takes a key only for the sizes that it signed', async () => {
    const [first] = await trusted();
    const opened = openCheckpoint(golden.checkpoint, [{ ...first!, fromSize: 0, toSize: 2 }]);
    await expect(opened).rejects.toMatchObject({ code: 'unsigned' });
  });

  it.each([golden.vkey.replace('ebade89d', 'ebade89e'), golden.vkey.slice(0, -4), golden.vkey.replace('+AY', '+BI')])(
    'refuses the key %s',
    async (vkey) => {
      await expect(LogPublicKey.read(vkey)).rejects.toMatchObject({ code: 'malformed' });
    },
  );

  it('reads base64 in its one spelling only', () => {
    expect(fromBase64('AAE=')).toEqual(Uint8Array.of(0, 1));
    for (const text of ['AAF=', 'AAE', 'AA E=', 'AAE=\n', 'AAE-']) expect(fromBase64(text)).toBeUndefined();
  });

  it('accepts every good path and refuses it at another index, of another leaf and when it is spoiled', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), noise, async (size, some, { at, bit, how }) => {
        const index = some % size;
        const [leaf, hashes] = [await tree.leafAt(index), await tree.inclusion(index, size)];
        expect(await included(index, size, leaf, hashes)).toBe(true);
        expect(await included(index, size, flip(leaf, bit), hashes)).toBe(false);
        for (const other of [index - 1, index + 1, size, index + 0.5, Number.NaN]) {
          expect(await included(other, size, leaf, hashes)).toBe(false);
        }
        const bad = how(hashes, at, bit);
        if (bad !== undefined) expect(await included(index, size, leaf, bad)).toBe(false);
      }),
      runs,
    );
  });

  it('accepts every good proof of growth, and refuses it of other sizes and when it is spoiled', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), noise, async (size, some, { at, bit, how }) => {
        const oldSize = 1 + (some % size);
        const hashes = await tree.growth(oldSize, size);
        expect(await grown(oldSize, size, hashes)).toBe(true);
        if (size < tree.size) expect(await grown(oldSize, size + 1, hashes)).toBe(false);
        const bad = how(hashes, at, bit);
        if (bad !== undefined) expect(await grown(oldSize, size, bad)).toBe(false);
      }),
      runs,
    );
  });

  it('puts the proofs of the log together from its tiles', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (size, some) => {
        const index = some % size;
        const tiles = new TileTree(await headAt(size), async (level, at, width) =>
          bytes(await tree.tile(level, at, width)),
        );
        expect((await tiles.path(index)).map(toHex)).toEqual((await tree.inclusion(index, size)).map(toHex));
        const grown = (await tree.growth(index + 1, size)).map(toHex);
        expect((await tiles.growth(index + 1)).map(toHex)).toEqual(grown);
      }),
      runs,
    );
    expect(tilePath(0, 1_234_067, 256)).toBe('/log/tile/0/x001/x234/067');
    expect(tilePath(1, 0, 7)).toBe('/log/tile/1/000.p/7');
  });

  it('reads proof files, and no others', () => {
    const hash = 'A'.repeat(43) + '=';
    const file = `c2sp.org/tlog-proof@v1\nextra aGk=\nindex 2\n${hash}\n\n${golden.checkpoint}`;
    expect(readInclusionProof(file)).toMatchObject({ index: 2, checkpoint: golden.checkpoint });
    for (const bad of [file.replace('@v1', '@v2'), file.replace('index 2', 'index 02'), file.replace(hash, 'AAAA')]) {
      expect(() => readInclusionProof(bad)).toThrow(expect.objectContaining({ code: 'malformed' }) as Error);
    }
  });
});

describe('the verdict on an entry', () => {
  const source = async (level: number, at: number, width: number) => bytes(await tree.tile(level, at, width));
  const judge = async (index: number, leaf: Uint8Array, shown?: { eventId: string; type?: string }, anchored = 0) =>
    judgeEntry(
      { index, leaf: bytes(leaf), event: readLeaf(leaf), ...(shown !== undefined && { shown }) },
      new TileTree(await headAt(500), source),
      anchored,
    );

  it('is verified, and anchored as far as an anchor holds a checkpoint', async () => {
    expect(await judge(7, tree.leaves[7]!, undefined, 7)).toEqual({ kind: 'verified', size: 500 });
    expect(await judge(7, tree.leaves[7]!, undefined, 8)).toEqual({ kind: 'anchored', size: 500 });
  });

  it('is pending beyond the checkpoint', async () => {
    expect(await judge(500, tree.leaves[500]!)).toEqual({ kind: 'pending' });
  });

  it('is MISMATCH when a byte differs, the entry stands elsewhere, or a column says what the entry does not', async () => {
    const changed = Buffer.from(tree.leaves[7]!);
    changed[2]! ^= 1;
    const verdicts = [
      await judge(7, changed),
      await judge(8, tree.leaves[7]!),
      await judge(7, tree.leaves[7]!, { eventId: 'x' }),
    ];
    expect(verdicts.map(({ kind }) => kind)).toEqual(['mismatch', 'mismatch', 'mismatch']);
  });

  it('of an operation is the worst of its events', () => {
    const size = 1;
    expect(worstOf([{ kind: 'anchored', size }, { kind: 'mismatch', why: '' }, { kind: 'pending' }])).toEqual({
      kind: 'mismatch',
      why: '',
    });
    expect(
      worstOf([
        { kind: 'anchored', size },
        { kind: 'verified', size },
      ]),
    ).toEqual({ kind: 'verified', size });
  });
});
