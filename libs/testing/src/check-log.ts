import { createHash, type KeyObject, verify } from 'node:crypto';
import type { Disclosure, LeafColumns, LogHead, LogStore, StoredEntry, StoredField } from '#audit';
import { leafHash, tilesOf, treeRoot } from './naive-tree.ts';

/** Entries looked up side by side: fewer than the connections of a pool, so that none of them has to wait for one. */
const atOnce = 8;

interface Expected {
  /** The Ed25519 key that must have signed the checkpoint; without it signatures are not looked at. */
  readonly publicKey?: KeyObject;
  /** What the copied columns of an entry must be, from its body; without it they are not looked at. */
  readonly columnsOf?: (body: Uint8Array) => LeafColumns;
  /** Opens sealed personal fields; without it they are not looked at. */
  readonly openField?: (field: StoredField, entry: StoredEntry) => Promise<Disclosure>;
}

/**
 * Derives the whole log again from its stored bytes, with nothing of libs/tlog, and throws an Error that says what does
 * not fit: indexes, event ids, root, right edge, tiles, checkpoint, disclosures. Returns the entries.
 * Meant to be called after each step of a test.
 */
export async function checkLog(store: LogStore, expected: Expected = {}): Promise<readonly StoredEntry[]> {
  const head = await store.head();
  const size = head?.size ?? 0;
  const entries = await store.entries(0, Number.MAX_SAFE_INTEGER);
  if (entries.length !== size) throw new Error(`The head says ${size} entries, the store has ${entries.length}`);
  for (let from = 0; from < entries.length; from += atOnce) {
    const some = entries.slice(from, from + atOnce);
    await Promise.all(some.map((entry, offset) => checkEntry(store, from + offset, entry, expected)));
  }
  if (head === undefined) return entries;
  const hashes = entries.map(({ body }) => leafHash(body));
  if (!same(treeRoot(hashes), head.root)) throw new Error('The root is not the root of the stored bodies');
  checkCheckpoint(head, expected.publicKey);
  await checkTiles(store, head, hashes);
  return entries;
}

async function checkEntry(
  store: LogStore,
  index: number,
  entry: StoredEntry,
  { columnsOf, openField }: Expected,
): Promise<void> {
  if (entry.index !== index) throw new Error(`Entry ${index} says it is ${entry.index}`);
  if ((await store.indexOf(entry.eventId)) !== index) throw new Error(`Event id of entry ${index} leads elsewhere`);
  const body = Buffer.from(entry.body).toString('utf8');
  if (openField !== undefined) {
    for (const field of await store.disclosures(index)) {
      const { name, encoded } = await openField(field, entry);
      const digest = createHash('sha256').update(encoded, 'ascii').digest('base64url');
      if (!body.includes(digest))
        throw new Error(`Disclosure ${name} of entry ${index} is not committed to by its body`);
    }
  }
  if (columnsOf === undefined) return;
  const derived = columnsOf(entry.body);
  for (const name of new Set([...Object.keys(derived), ...Object.keys(entry.columns)]) as Set<keyof LeafColumns>) {
    if (derived[name] !== entry.columns[name])
      throw new Error(`Column ${name} of entry ${index} differs from its body`);
  }
}

function checkCheckpoint({ size, root, checkpoint }: LogHead, publicKey: KeyObject | undefined): void {
  const end = checkpoint.lastIndexOf('\n\n') + 1;
  const text = checkpoint.slice(0, end);
  const [, sizeLine, rootLine] = text.split('\n');
  if (sizeLine !== String(size)) throw new Error('The checkpoint is of another size');
  if (rootLine !== Buffer.from(root).toString('base64')) throw new Error('The checkpoint is of another root');
  if (publicKey === undefined) return;
  const signatures = checkpoint
    .slice(end + 1)
    .split('\n')
    .filter((line) => line !== '');
  const verified = signatures.some((line) => {
    const [dash, , blob] = line.split(' ');
    // Four bytes of key id stand before the signature.
    return dash === '—' && verify(null, Buffer.from(text), publicKey, Buffer.from(blob ?? '', 'base64').subarray(4));
  });
  if (!verified) throw new Error('The checkpoint is not signed by the key');
}

async function checkTiles(store: LogStore, head: LogHead, hashes: readonly Uint8Array[]): Promise<void> {
  const { tiles, edge } = tilesOf(hashes);
  for (const { level, index, hashes: wanted } of tiles) {
    const stored = await store.tile(level, index);
    if (stored === undefined || !same(stored, wanted)) throw new Error(`Tile ${level}/${index} is missing or wrong`);
  }
  for (let level = 0; level < Math.max(edge.length, head.edge.length); level++) {
    const none = new Uint8Array();
    if (!same(head.edge[level] ?? none, edge[level] ?? none))
      throw new Error(`The right edge is wrong at level ${level}`);
    const next = tiles.filter((tile) => tile.level === level).length;
    if ((await store.tile(level, next)) !== undefined) throw new Error(`Tile ${level}/${next} cannot be full yet`);
  }
}

function same(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}
