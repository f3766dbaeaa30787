import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { leafHash, openCheckpoint, RightEdge, signCheckpoint } from '#tlog';
import { reasons, type Verification, verify } from '../support/verifier-process.ts';
import { newKey, origin, TestFolder, type WrittenLog, writeLog } from './real-log.ts';

/** Two full tiles and a part of a third. */
const size = 700;
const key = newKey();
const stranger = newKey();
let folder: TestFolder;
let log: WrittenLog;
let keyFile: string;

beforeAll(async () => {
  folder = new TestFolder();
  log = await writeLog(folder.file('log.db'), key, size, [300, 512]);
  keyFile = folder.write('disclosure-key', key.disclosureKeyText);
});
afterAll(() => {
  folder.remove();
});

const head = (sql: DatabaseSync) => sql.prepare('select edge, root, checkpoint from audit_head').get() ?? {};
const bytes = (value: unknown) => Buffer.from(value as Uint8Array);
const flipped = (value: unknown, at: number) => {
  const copy = bytes(value);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
};
const bodyAt = (sql: DatabaseSync, index: number) =>
  bytes(sql.prepare('select body from audit_leaf where idx = ?').get(index)?.['body']);
const setBody = (sql: DatabaseSync, index: number, body: Uint8Array) =>
  sql.prepare('update audit_leaf set body = ? where idx = ?').run(body, index);
const tileAt = (sql: DatabaseSync, index: number) =>
  bytes(sql.prepare('select hashes from audit_tile where level = 0 and idx = ?').get(index)?.['hashes']);
const setTile = (sql: DatabaseSync, index: number, hashes: Uint8Array) =>
  sql.prepare('update audit_tile set hashes = ? where level = 0 and idx = ?').run(hashes, index);
const setHead = (sql: DatabaseSync, column: string, value: string | Uint8Array | number) =>
  sql.prepare(`update audit_head set ${column} = ?`).run(value);
/** An entry that says something else, in a form that nothing but its hash gives away. */
const rewritten = (body: Uint8Array) => Buffer.from(Buffer.from(body).toString().replace('"one"', '"two"'));
/** Level 0 of the edge: a count, then hashes. 700 entries are 2 tiles and 188 hashes; level 1 has 2 hashes. */
const edgeLevel1 = 1 + 188 * 32;
/** Takes the constraints off, by putting a plain copy in the table's place. */
const unconstrained = (sql: DatabaseSync) => {
  for (const table of ['audit_leaf', 'audit_private']) {
    sql.exec(`create table copy as select * from ${table}; drop table ${table}; alter table copy rename to ${table}`);
  }
};
const renumber = (sql: DatabaseSync, from: number, by: number) => {
  unconstrained(sql);
  for (const table of ['audit_leaf', 'audit_private']) {
    sql.prepare(`update ${table} set idx = idx + ? where idx >= ?`).run(by, from);
  }
};
const deleteEntries = (sql: DatabaseSync, which: string) => {
  sql.exec(`delete from audit_private where ${which}; delete from audit_leaf where ${which}`);
};
const range = (from: number, to: number, code: string) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${code} ${from + at}`);

/** Every hash above a changed entry made anew, as by somebody who has everything but the key. */
function rederive(sql: DatabaseSync): { readonly size: number; readonly root: Uint8Array } {
  const bodies = sql.prepare('select body from audit_leaf order by idx').all();
  const { edge, tiles } = RightEdge.empty.append(bodies.map(({ body }) => leafHash(bytes(body))));
  for (const tile of tiles) setTile(sql, tile.index, tile.hashes);
  setHead(sql, 'edge', Buffer.concat(edge.levels.map((level) => Buffer.of(level.length / 32, ...level))));
  setHead(sql, 'root', edge.root());
  setHead(sql, 'size', edge.size);
  return { size: edge.size, root: edge.root() };
}

type Tampering = readonly [what: string, change: (sql: DatabaseSync) => unknown, found: readonly string[]];

const tamperings: readonly Tampering[] = [
  ['a flipped bit in a body', (sql) => setBody(sql, 17, rewritten(bodyAt(sql, 17))), ['body 17']],
  ['a flipped bit in a body of the last block', (sql) => setBody(sql, 690, rewritten(bodyAt(sql, 690))), ['body 690']],
  ['a body that is no JSON', (sql) => setBody(sql, 17, flipped(bodyAt(sql, 17), 0)), ['body 17', 'leaf-malformed 17']],
  ['a flipped bit in a stored leaf hash', (sql) => setTile(sql, 1, flipped(tileAt(sql, 1), 32 * 5)), ['leaf-hash 261']],
  ['a flipped bit in the edge', (sql) => setHead(sql, 'edge', flipped(head(sql)['edge'], edgeLevel1 + 1)), ['edge']],
  [
    'a flipped bit in an edge leaf hash',
    (sql) => setHead(sql, 'edge', flipped(head(sql)['edge'], 1)),
    ['leaf-hash 512'],
  ],
  [
    'a missing tile',
    (sql) => {
      sql.exec('delete from audit_tile where level = 0 and idx = 1');
    },
    ['tile-missing'],
  ],
  [
    'a tile that cannot be full',
    (sql) => {
      sql.exec('update audit_tile set idx = 2 where idx = 1');
    },
    ['tile-missing', 'tile-surplus'],
  ],
  ['a flipped bit in the root', (sql) => setHead(sql, 'root', flipped(head(sql)['root'], 3)), ['root']],
  [
    'a flipped bit in the signature',
    (sql) => {
      const text = String(head(sql)['checkpoint']);
      const at = text.lastIndexOf(' ') + 20;
      setHead(sql, 'checkpoint', text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1));
    },
    ['signature'],
  ],
  [
    'two swapped entries',
    (sql) => {
      unconstrained(sql);
      for (const table of ['audit_leaf', 'audit_private']) {
        sql.exec(`update ${table} set idx = case idx when 40 then 400 else 40 end where idx in (40, 400)`);
      }
    },
    ['moved 40', 'moved 400'],
  ],
  [
    'two swapped bodies',
    (sql) => {
      const [one, other] = [bodyAt(sql, 40), bodyAt(sql, 400)];
      setBody(sql, 40, other);
      setBody(sql, 400, one);
    },
    ['event_id', 'job_id', 'request_id']
      .flatMap((column) => [`column:${column} 40`, `column:${column} 400`])
      .concat('disclosure 40', 'disclosure 400', 'moved 40', 'moved 400'),
  ],
  [
    'a deleted entry',
    (sql) => {
      deleteEntries(sql, 'idx = 300');
    },
    ['gap 300'],
  ],
  [
    'a deleted entry whose personal fields were left',
    (sql) => {
      sql.exec('delete from audit_leaf where idx = 300');
    },
    ['disclosure 300', 'gap 300'],
  ],
  [
    'a deleted entry whose gap was closed',
    (sql) => {
      deleteEntries(sql, 'idx = 690');
      renumber(sql, 691, -1);
    },
    [...range(690, 698, 'moved'), 'truncated 699'],
  ],
  [
    'a size that no log has',
    (sql) => {
      setHead(sql, 'size', 2 ** 53 - 1);
      setHead(sql, 'checkpoint', String(head(sql)['checkpoint']).replace(`\n${size}\n`, `\n${2 ** 53 - 1}\n`));
    },
    ['signature', `truncated ${size}-${2 ** 53 - 2}`],
  ],
  [
    'a truncated tail',
    (sql) => {
      deleteEntries(sql, 'idx >= 650');
    },
    ['truncated 650-699'],
  ],
  [
    'an inserted entry',
    (sql) => {
      renumber(sql, 698, 1);
      sql.exec(`insert into audit_leaf select * from audit_leaf where idx = 0; update audit_leaf set idx = 698,
        event_id = 'new', body = cast(replace(cast(body as text), json_extract(cast(body as text), '$.id'), 'new') as blob)
        where rowid = (select max(rowid) from audit_leaf)`);
    },
    ['body 698', 'moved 699', 'unsigned-entry 700'],
  ],
  [
    'an entry added after the end',
    (sql) => {
      unconstrained(sql);
      sql.exec(`insert into audit_leaf select * from audit_leaf where idx = 5; update audit_leaf set idx = 700,
        event_id = 'new' where rowid = (select max(rowid) from audit_leaf)`);
    },
    ['unsigned-entry 700'],
  ],
  [
    'a duplicated row',
    (sql) => {
      unconstrained(sql);
      sql.exec('insert into audit_leaf select * from audit_leaf where idx = 33');
    },
    ['duplicate-index 33'],
  ],
  [
    'an event that is there twice',
    (sql) => {
      unconstrained(sql);
      sql.exec('insert into audit_leaf select * from audit_leaf where idx = 33');
      sql.exec('update audit_leaf set idx = 700 where rowid = (select max(rowid) from audit_leaf)');
    },
    ['duplicate-event 700', 'unsigned-entry 700'],
  ],
  ['bytes after a body', (sql) => setBody(sql, 17, Buffer.concat([bodyAt(sql, 17), Buffer.of(0x20)])), ['body 17']],
  ['bytes after a tile', (sql) => setTile(sql, 1, Buffer.concat([tileAt(sql, 1), Buffer.of(0)])), ['trailing-bytes']],
  [
    'bytes after the edge',
    (sql) => setHead(sql, 'edge', Buffer.concat([bytes(head(sql)['edge']), Buffer.of(0)])),
    ['edge'],
  ],
  [
    'bytes after the checkpoint',
    (sql) => setHead(sql, 'checkpoint', `${String(head(sql)['checkpoint'])}x`),
    ['checkpoint-malformed'],
  ],
  [
    'an entry and its tile forged together',
    (sql) => {
      const body = rewritten(bodyAt(sql, 17));
      setBody(sql, 17, body);
      const tile = tileAt(sql, 0);
      tile.set(leafHash(body), 17 * 32);
      setTile(sql, 0, tile);
    },
    ['forged 0-255'],
  ],
  [
    'an entry forged with everything above it but the checkpoint',
    (sql) => {
      setBody(sql, 17, rewritten(bodyAt(sql, 17)));
      rederive(sql);
    },
    ['root'],
  ],
  [
    'an entry forged with everything above it, under the old signature',
    (sql) => {
      setBody(sql, 17, rewritten(bodyAt(sql, 17)));
      const { root } = rederive(sql);
      const [, signatures = ''] = String(head(sql)['checkpoint']).split('\n\n');
      setHead(sql, 'checkpoint', `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n\n${signatures}`);
    },
    ['signature'],
  ],
  [
    'an entry forged with everything above it, signed by another key',
    (sql) => {
      setBody(sql, 17, rewritten(bodyAt(sql, 17)));
      setHead(sql, 'checkpoint', signCheckpoint(rederive(sql), stranger.signer));
    },
    ['unknown-key'],
  ],
  [
    'a head put back alone',
    (sql) => setHead(sql, 'checkpoint', log.checkpoints.get(512) ?? ''),
    ['edge', 'root', 'size', ...range(512, 699, 'unsigned-entry')],
  ],
  [
    'the log of another origin',
    (sql) => {
      const name = 'other.example/audit/corpus';
      setHead(sql, 'origin', name);
      setHead(sql, 'checkpoint', String(head(sql)['checkpoint']).replaceAll(origin, name));
    },
    ['origin', 'unknown-key', ...range(0, 699, 'leaf-origin')],
  ],
  ...['actor', 'action', 'decision', 'event_id', 'job_id', 'ticket', 'time', 'type', 'rule', 'request_id'].map(
    (column): Tampering => [
      `another ${column} column`,
      (sql) => sql.prepare(`update audit_leaf set ${column} = 'x' where idx = 600`).run(),
      [`column:${column} 600`],
    ],
  ),
  [
    'a column that was blanked',
    (sql) => {
      sql.exec('update audit_leaf set actor = null where idx = 600');
    },
    ['column:actor 600'],
  ],
  [
    'a column that the entry does not have',
    (sql) => {
      sql.exec("update audit_leaf set outcome = 'success' where idx = 600");
    },
    ['column:outcome 600'],
  ],
  [
    'a disclosure of another value',
    (sql) => {
      const encoded = Buffer.from(JSON.stringify(['salt', 'reason', 'harmless'])).toString('base64url');
      sql.prepare("update audit_private set content = ? where idx = 60 and name = 'reason'").run(Buffer.from(encoded));
    },
    ['disclosure 60'],
  ],
  [
    'a disclosure under another name',
    (sql) => {
      sql.exec("update audit_private set name = 'actor.upn' where idx = 60 and name = 'reason'");
    },
    ['disclosure 60'],
  ],
  [
    'a disclosure moved to another entry',
    (sql) => {
      sql.exec("update audit_private set idx = 61, position = 9 where idx = 60 and name = 'reason'");
    },
    ['disclosure 61'],
  ],
];

const check = (path: string, ...options: readonly string[]) =>
  verify('database', path, '--disclosure-key-file', keyFile, ...options);
const tampered = (change: (sql: DatabaseSync) => unknown) => folder.tampered(log.path, (sql) => void change(sql));

describe('the verifier, with nothing but the database and a key,', () => {
  it('verifies the log that nobody touched', () => {
    const untouched = check(log.path, '--vkey', key.vkey);
    expect(untouched).toMatchObject({ exitCode: 0, verdict: 'verified', problems: [], incomplete: [] });
    expect(untouched.entries).toEqual({ verified: size, pruned: 0, missing: 0, mismatch: 0 });
    expect(untouched.fields).toEqual({ disclosed: 4 * (size - 1), erased: 0, sealed: 0 });
  });

  it('verifies a copy from which only the triggers were dropped', () => {
    expect(
      check(
        tampered(() => undefined),
        '--vkey',
        key.vkey,
      ),
    ).toMatchObject({ exitCode: 0 });
  });

  it.each(tamperings)('finds %s', (_what, change, found) => {
    const result = check(tampered(change), '--vkey', key.vkey);
    expect(reasons(result)).toEqual([...found].sort());
    expect(result.exitCode).toBe(1);
  });

  it('finds everything at once, not the first alone', () => {
    const path = tampered((sql) => {
      setBody(sql, 17, rewritten(bodyAt(sql, 17)));
      sql.exec("delete from audit_leaf where idx = 300; update audit_leaf set actor = 'x' where idx = 600");
      setTile(sql, 1, flipped(tileAt(sql, 1), 32 * 9));
    });
    const result = check(path, '--vkey', key.vkey);
    expect(reasons(result)).toEqual(expect.arrayContaining(['body 17', 'column:actor 600', 'gap 300']));
    expect(result.problems.length).toBeGreaterThan(3);
  });

  it('tells an erased field from tampering', () => {
    const result = check(
      tampered((sql) => {
        sql.exec("delete from audit_private where idx = 60 and name = 'reason'");
      }),
      '--vkey',
      key.vkey,
    );
    expect(result).toMatchObject({ exitCode: 0, fields: { erased: 1 }, erasedEntries: [[60, 60]] });
  });
});

describe('the verifier, with what was kept from before,', () => {
  const seen = (at: number) => ['--seen', folder.write('checkpoint', log.checkpoints.get(at) ?? '')];

  it.each([300, 512, 700])('verifies that the log extends its checkpoint of %d', (at) => {
    expect(check(log.path, '--vkey', key.vkey, ...seen(at))).toMatchObject({ exitCode: 0, problems: [] });
  });

  it('finds a database that was put back whole', async () => {
    const before = await writeLog(folder.file('before.db'), key, 512, []);
    const later = await writeLog(folder.file('later.db'), key, 600, []);
    const kept = folder.write('checkpoint', later.checkpoints.get(600) ?? '');
    expect(reasons(check(before.path, '--vkey', key.vkey))).toEqual([]);
    expect(reasons(check(before.path, '--vkey', key.vkey, '--seen', kept))).toEqual(['rollback']);
  });

  it('finds a second history under the same key, of the same size and of a smaller one', async () => {
    const fork = await writeLog(folder.file('fork.db'), key, size, []);
    expect(reasons(check(fork.path, '--vkey', key.vkey, ...seen(size)))).toEqual(['fork']);
    expect(reasons(check(fork.path, '--vkey', key.vkey, ...seen(300)))).toEqual(['fork']);
  });
});

describe('the verifier, with keys', () => {
  const trusted = (...keys: readonly object[]) => ['--trust', folder.write('trust.json', JSON.stringify(keys))];
  const only = (result: Verification) => [result.exitCode, ...reasons(result)];

  it('says that nothing was proved without one', () => {
    expect(check(log.path)).toMatchObject({ exitCode: 3, verdict: 'incomplete', problems: [] });
  });

  it('refuses the signature of a key it does not know', () => {
    expect(only(check(log.path, '--vkey', stranger.vkey))).toEqual([1, 'unknown-key']);
  });

  it('refuses a log of another origin than its key', () => {
    expect(only(check(log.path, '--vkey', newKey('other.example/audit/corpus').vkey))).toEqual([
      1,
      'origin',
      'unknown-key',
    ]);
  });

  it('refuses a checkpoint that names another origin above a good signature of the key', () => {
    const other = newKey('other.example/audit/corpus');
    const text = `${other.key.name}\n1\n${hash('sha256', 'x', 'base64')}\n`;
    const signature = Buffer.concat([keyId(key.vkey), key.signer.sign(text)]).toString('base64');
    const note = folder.write('note', `${text}\n\u2014 ${origin} ${signature}\n`);
    expect(only(verify('checkpoints', note, note, '--vkey', key.vkey))).toEqual([1, 'origin']);
  });

  it.each([
    [{ fromSize: size + 1 }, 'key-window'],
    [{ fromSize: 0, toSize: size - 1 }, 'key-window'],
  ])('refuses a key outside its sizes: %j', (window, found) => {
    expect(only(check(log.path, ...trusted({ vkey: key.vkey, ...window })))).toEqual([1, found]);
  });

  it('takes a key at both ends of its sizes', () => {
    expect(check(log.path, ...trusted({ vkey: key.vkey, fromSize: size, toSize: size }))).toMatchObject({
      exitCode: 0,
    });
  });

  it('takes a checkpoint that both keys of a rotation signed, and refuses it when one of them is wrong', () => {
    const both = trusted({ vkey: key.vkey, fromSize: 0, toSize: size }, { vkey: stranger.vkey, fromSize: size });
    const note = log.checkpoints.get(size) ?? '';
    const { root } = openCheckpoint(note, [key.signer.verifier]);
    const second = signCheckpoint({ size, root }, stranger.signer).split('\n\n')[1] ?? '';
    const wrong = signCheckpoint({ size: size - 1, root }, stranger.signer).split('\n\n')[1] ?? '';
    const signed = (lines: string) => tampered((sql) => setHead(sql, 'checkpoint', note + lines));
    expect(only(check(signed(second), ...both))).toEqual([0]);
    expect(only(check(signed(wrong), ...both))).toEqual([1, 'signature']);
    expect(only(check(signed('\u2014 witness.example AAAAAAAA\n'), ...both))).toEqual([0]);
  });
});

function keyId(vkey: string): Buffer {
  return Buffer.from(vkey.split('+')[1] ?? '', 'hex');
}
