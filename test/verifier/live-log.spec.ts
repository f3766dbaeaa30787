import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import { DatabaseSync } from 'node:sqlite';
import { entryBundle, parseTilePath } from '#tlog';
import { newKey, TestFolder, writeLog } from './real-log.ts';

const size = 700;
const key = newKey();
const folder = new TestFolder();
const token = 'reader';
let database: DatabaseSync;
let checkpoint: string;
/** What the log answers instead, by path. */
const answers = new Map<string, Uint8Array | number>();

const server = createServer((request, reply) => {
  const path = (request.url ?? '').replace('/log/', '');
  const answer = answers.get(path) ?? content(path, request.headers.authorization === `Bearer ${token}`);
  if (typeof answer === 'number') reply.writeHead(answer).end();
  else reply.end(answer);
});

beforeAll(async () => {
  const log = await writeLog(folder.file('log.db'), key, size, []);
  checkpoint = log.checkpoints.get(size) ?? '';
  database = new DatabaseSync(log.path, { readOnly: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  answers.clear();
});
afterAll(() => {
  server.close();
  database.close();
  folder.remove();
});

/** The log as tlog-tiles, straight from the tables. */
function content(path: string, mayReadEntries: boolean): Uint8Array | number {
  if (path === 'checkpoint') return Buffer.from(checkpoint);
  const tile = parseTilePath(path);
  if (tile === undefined) return 404;
  const { kind, level, index, width = 256 } = tile;
  if (kind === 'entries') {
    if (!mayReadEntries) return 403;
    const rows = database.prepare('select body from audit_leaf where idx >= ? and idx < ? order by idx');
    return entryBundle(rows.all(index * 256, index * 256 + width).map(({ body }) => body as Uint8Array));
  }
  if (width === 256) {
    const row = database.prepare('select hashes from audit_tile where level = ? and idx = ?').get(level, index);
    return (row?.['hashes'] as Uint8Array | undefined) ?? 404;
  }
  const edge = Buffer.from(database.prepare('select edge from audit_head').get()?.['edge'] as Uint8Array);
  const start = level === 0 ? 1 : 2 + (edge[0] ?? 0) * 32;
  return edge.subarray(start, start + width * 32);
}

async function verifyLive(...options: readonly string[]) {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
  const args = ['dist/apps/verifier/src/main.js', 'log', url, '--vkey', key.vkey, '--json', ...options];
  // Not spawnSync: this process has to answer.
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'pipe' });
  const ended = once(child, 'close');
  const result = (await json(child.stdout).catch(() => ({}))) as { problems?: { code: string; index?: number }[] };
  const [exitCode] = (await ended) as [number];
  const problems = result.problems?.map(({ code, index }) => `${code}${index === undefined ? '' : ` ${index}`}`);
  return { ...result, exitCode, problems: problems ?? [] };
}
const reader = () => ['--token-file', folder.write('token', `${token}\n`)];

describe('a live log', () => {
  it('is verified with all its entries', async () => {
    expect(await verifyLive(...reader())).toMatchObject({ exitCode: 0, problems: [], entries: { verified: size } });
  });

  it('is only half verified by who may not read entries', async () => {
    expect(await verifyLive()).toMatchObject({
      exitCode: 3,
      problems: [],
      incomplete: [expect.stringContaining('--token-file')],
    });
  });

  it('is refused with a changed entry, a changed tile, trailing bytes or a missing bundle', async () => {
    const bundle = Buffer.from(content('tile/entries/000', true) as Uint8Array);
    answers.set('tile/entries/000', Buffer.from(bundle.toString('latin1').replace('"one"', '"two"'), 'latin1'));
    expect(await verifyLive(...reader())).toMatchObject({ exitCode: 1, problems: ['body 0'] });
    answers.set('tile/entries/000', Buffer.concat([bundle, Buffer.of(0)]));
    expect(await verifyLive(...reader())).toMatchObject({ exitCode: 1, problems: ['trailing-bytes 0'] });
    answers.set('tile/entries/000', 404);
    expect(await verifyLive(...reader())).toMatchObject({ exitCode: 1, problems: ['gap 0'] });
    answers.clear();
    const tile = Buffer.from(content('tile/0/001', false) as Uint8Array);
    tile[32] = (tile[32] ?? 0) ^ 1;
    answers.set('tile/0/001', tile);
    expect(await verifyLive(...reader())).toMatchObject({ exitCode: 1, problems: ['leaf-hash 257'] });
  });

  it('cannot be judged when it does not answer', async () => {
    answers.set('checkpoint', 500);
    expect(await verifyLive()).toMatchObject({ exitCode: 2 });
  });
});
