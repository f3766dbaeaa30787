import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AuditLog, DisclosureKey, LogKey } from '#audit';
import { parseJobRef } from '#kernel';
import { openStore } from '#store';
import { FakeClock, someApplication, someRequest } from '#testing';
import { NoteSigner } from '#tlog';

export const origin = 'broker.example/audit/corpus';

/** A key of the log, both sides of it. */
export interface TestKey {
  readonly key: LogKey;
  readonly signer: NoteSigner;
  readonly vkey: string;
  readonly disclosureKey: DisclosureKey;
  /** The text of its file. */
  readonly disclosureKeyText: string;
}

export function newKey(name = origin): TestKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = LogKey.of(name, privateKey);
  const disclosureKeyText = DisclosureKey.generate();
  const disclosureKey = DisclosureKey.parse(disclosureKeyText);
  return { key, signer: new NoteSigner(name, privateKey), vkey: key.vkey, disclosureKey, disclosureKeyText };
}

/** A folder for the files of one spec. */
export class TestFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'interlock-verifier-'));
  #count = 0;

  /** A new path in it. */
  file(name: string): string {
    this.#count += 1;
    return join(this.path, `${this.#count}-${name}`);
  }

  write(name: string, content: string | Uint8Array): string {
    const path = this.file(name);
    writeFileSync(path, content);
    return path;
  }

  /** A copy of a database, changed by whoever owns it: without triggers and without checks. */
  tampered(database: string, change: (sql: DatabaseSync) => void): string {
    const path = this.file('tampered.db');
    copyFileSync(database, path);
    const sql = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    const triggers = sql.prepare("select name from sqlite_master where type = 'trigger'").all();
    for (const { name } of triggers) sql.exec(`drop trigger ${String(name)}`);
    sql.exec('pragma ignore_check_constraints = on');
    change(sql);
    sql.close();
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A log in a SQLite file. */
export interface WrittenLog extends KeptFromLog {
  readonly path: string;
}

/** What is kept of a log while it is written. */
export interface KeptFromLog {
  /** Checkpoints at the sizes that were asked for. */
  readonly checkpoints: ReadonlyMap<number, string>;
  /** `.tlog-proof` of entry 100 at the end. */
  readonly proof: string;
  readonly leaf: Uint8Array;
  /** Consistency proof from each of those sizes to the end. */
  readonly growth: ReadonlyMap<number, string>;
}

/** Writes a log into a SQLite file; see {@link writeLogInto}. */
export async function writeLog(
  path: string,
  key: TestKey,
  size: number,
  checkpointsAt: readonly number[],
): Promise<WrittenLog> {
  return { path, ...(await writeLogInto(`sqlite:${path}`, key, size, checkpointsAt)) };
}

/**
 * Writes a log with the broker's own libraries: pauses by callers with personal fields, and starts of a broker, which
 * have none, at the indexes that are not `isPersonal`.
 */
export async function writeLogInto(
  url: string,
  { key, disclosureKey }: TestKey,
  size: number,
  checkpointsAt: readonly number[],
  isPersonal: (index: number) => boolean = () => true,
): Promise<KeptFromLog> {
  const clock = new FakeClock();
  const store = await openStore(url, clock);
  const identity = { instance: 'one', build: 'test' };
  const log = await AuditLog.open({ store: store.log(origin), clock, origin, key, disclosureKey, ...identity });
  const checkpoints = new Map<number, string>();
  for (const goal of [...checkpointsAt, size]) {
    await recordUpTo(log, goal, isPersonal);
    checkpoints.set(goal, log.checkpoint());
  }
  const growth = new Map<number, string>();
  for (const old of checkpointsAt) growth.set(old, await log.proveGrowth(old));
  const written = { checkpoints, growth, proof: await log.prove(100), leaf: (await log.entry(100)).body };
  await log.close();
  await store.close();
  return written;
}

/** Entries of one kind at a time: those with personal fields take longer to their place than others. */
async function recordUpTo(log: AuditLog, goal: number, isPersonal: (index: number) => boolean): Promise<void> {
  while (log.size < goal) {
    const { size } = log;
    const kind = isPersonal(size);
    let end = size + 1;
    while (end < goal && isPersonal(end) === kind) end += 1;
    const record = (_: unknown, at: number) => (kind ? recordPause(log, size + at) : log.record(started));
    await Promise.all(Array.from({ length: end - size }, record));
  }
}

const started = { type: 'service.started', policySha256: '0'.repeat(64) } as const;

async function recordPause(log: AuditLog, number: number): Promise<void> {
  await log.record({
    type: 'pause.intent',
    request: someRequest({ requestId: `request-${number}`, userAgent: 'curl/8' }),
    caller: someApplication(1 + (number % 3)),
    action: 'pause',
    resource: parseJobRef('44444444-4444-4444-8444-444444444444', `job.${number}`),
    justification: { reason: 'Payroll correction under way', ticket: 'CHG0000001' },
    decision: { effect: 'allow', rule: 'hr-may-pause', policySha256: '0'.repeat(64), trace: [] },
  });
}
