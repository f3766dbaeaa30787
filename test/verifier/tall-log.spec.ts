import { DatabaseSync } from 'node:sqlite';
import { openStore } from '#store';
import { FakeClock } from '#testing';
import { leafHash, RightEdge, signCheckpoint } from '#tlog';
import { reasons, verify } from '../support/verifier-process.ts';
import { newKey, origin, TestFolder } from './real-log.ts';

/** So many that a tile of level 1 is full; threads share the work from here on too. */
const size = 65_536 + 300;
const key = newKey();
const folder = new TestFolder();
const path = folder.file('tall.db');

beforeAll(async () => {
  const store = await openStore(`sqlite:${path}`, new FakeClock());
  await store.close();
  const sql = new DatabaseSync(path);
  const pruned = { type: 'log.pruned', min_index: 512 };
  const bodies = Array.from({ length: size }, (_, at) =>
    Buffer.from(JSON.stringify({ id: `e${at}`, origin, type: 't', time: 'n', ...(at === size - 1 && pruned) })),
  );
  const { edge, tiles } = RightEdge.empty.append(bodies.map((body) => leafHash(body)));
  sql.exec('drop trigger audit_leaf_no_update; begin');
  const head = 'insert into audit_head (log_id, origin, size, edge, root, checkpoint) values (1, ?, ?, ?, ?, ?)';
  const levels = Buffer.concat(edge.levels.map((level) => Buffer.of(level.length / 32, ...level)));
  const checkpoint = signCheckpoint({ size, root: edge.root() }, key.signer);
  sql.prepare(head).run(origin, size, levels, edge.root(), checkpoint);
  const leaf = sql.prepare(
    "insert into audit_leaf (log_id, idx, event_id, body, type, time) values (1, ?, ?, ?, 't', 'n')",
  );
  for (const [at, body] of bodies.entries()) leaf.run(at, `e${at}`, body);
  const tile = sql.prepare('insert into audit_tile (log_id, level, idx, hashes) values (1, ?, ?, ?)');
  for (const { level, index, hashes } of tiles) tile.run(level, index, hashes);
  sql.prepare('update audit_leaf set type = ? where idx = ?').run('log.pruned', size - 1);
  sql.exec('commit');
  sql.close();
});
afterAll(() => {
  folder.remove();
});

const found = (change: (sql: DatabaseSync) => void) => {
  const result = verify('database', folder.tampered(path, change), '--vkey', key.vkey);
  return [result.exitCode, ...reasons(result)];
};
const forged = Buffer.from(JSON.stringify({ id: 'e70', origin, type: 't', time: 'n', more: 1 }));
const forgeEntry = (sql: DatabaseSync) => {
  sql.prepare('update audit_leaf set body = ? where idx = 70').run(forged);
};
const tileOf = (sql: DatabaseSync, level: number) =>
  Buffer.from(
    sql.prepare('select hashes from audit_tile where level = ? and idx = 0').get(level)?.['hashes'] as Uint8Array,
  );
const setTile = (sql: DatabaseSync, level: number, hashes: Uint8Array) => {
  sql.prepare('update audit_tile set hashes = ? where level = ? and idx = 0').run(hashes, level);
};
/** Puts the forged entry's hash into its tile, and gives the tile's new root. */
const forgeTile = (sql: DatabaseSync): Uint8Array => {
  const tile = tileOf(sql, 0);
  tile.set(leafHash(forged), 70 * 32);
  setTile(sql, 0, tile);
  const hashes = Array.from({ length: 256 }, (_, at) => tile.subarray(at * 32, at * 32 + 32));
  return RightEdge.empty.append(hashes).edge.root();
};

describe('a log with tiles above tiles', () => {
  it('is verified', () => {
    expect(found(() => undefined)).toEqual([0]);
  });

  it('shows a flipped bit in an upper tile, and its absence', () => {
    expect(
      found((sql) => {
        const tile = tileOf(sql, 1);
        tile[40] = (tile[40] ?? 0) ^ 1;
        setTile(sql, 1, tile);
      }),
    ).toEqual([1, 'tile']);
    expect(
      found((sql) => {
        sql.exec('delete from audit_tile where level = 1');
      }),
    ).toEqual([1, 'tile-missing']);
  });

  it('tells entries that its own entry says were pruned from those that are missing', () => {
    const below = (index: number) =>
      verify(
        'database',
        folder.tampered(path, (sql) => {
          sql.prepare('delete from audit_leaf where idx < ?').run(index);
        }),
        '--vkey',
        key.vkey,
      );
    expect(below(512)).toMatchObject({ exitCode: 0, entries: { pruned: 512 }, prunedEntries: [[0, 511]] });
    const more = below(520);
    expect([more.exitCode, ...reasons(more)]).toEqual([1, 'gap 512-519']);
  });

  it('shows a changed entry far below the signed root', () => {
    expect(found(forgeEntry)).toEqual([1, 'body 70']);
  });

  it('shows an entry that was forged with the tile above it, and with both tiles', () => {
    const entryAndTile = (sql: DatabaseSync) => {
      forgeEntry(sql);
      return forgeTile(sql);
    };
    expect(found(entryAndTile)).toEqual([1, 'forged 0-255']);
    expect(
      found((sql) => {
        const upper = tileOf(sql, 1);
        upper.set(entryAndTile(sql), 0);
        setTile(sql, 1, upper);
      }),
    ).toEqual([1, 'forged 0-65535']);
  });
});
