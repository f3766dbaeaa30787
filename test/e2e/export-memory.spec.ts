import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { AuditLog, DisclosureKey, LogKey } from '#audit';
import { SystemClock } from '#kernel';
import { openStore } from '#store';
import { someApplication, someRequest } from '#testing';
import type { BrokerProcess } from '../support/broker-process.ts';
import { Interlock } from '../support/interlock.ts';

const entries = 100_000;
const mebibyte = 2 ** 20;

let interlock: Interlock;
let broker: BrokerProcess;

beforeAll(async () => {
  interlock = await Interlock.start();
  await fill(interlock.environment());
  broker = await interlock.broker();
}, 180_000);
afterAll(() => interlock.stop());

/** A log of denials, written as a broker writes them. */
async function fill(environment: Readonly<Record<string, string>>): Promise<void> {
  const { DATABASE_URL = '', INTERLOCK_LOG_ORIGIN: origin = '', INTERLOCK_LOG_KEY_FILE = '' } = environment;
  const { INTERLOCK_DISCLOSURE_KEY_FILE = '' } = environment;
  const clock = new SystemClock();
  const store = await openStore(DATABASE_URL, clock);
  const key = LogKey.parse(origin, readFileSync(INTERLOCK_LOG_KEY_FILE, 'utf8'));
  const log = await AuditLog.open({
    store: store.log(origin),
    clock,
    origin,
    key,
    disclosureKey: DisclosureKey.parse(readFileSync(INTERLOCK_DISCLOSURE_KEY_FILE, 'utf8')),
    instance: 'filler',
    build: 'test',
    appendTimeoutMs: 60_000,
  });
  const decision = { effect: 'deny', denyCode: 'no_matching_rule', policySha256: '0'.repeat(64), trace: [] } as const;
  const denied = {
    type: 'request.denied',
    request: someRequest(),
    caller: someApplication(),
    decision,
    status: 403,
  } as const;
  for (let left = entries; left > 0; left -= 1000) {
    await Promise.all(Array.from({ length: 1000 }, () => log.record(denied)));
  }
  await log.close();
  await store.close();
}

/** Resident memory of the broker in bytes, and the most that it ever was. */
function memory(): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${broker.pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

async function exported(query: string): Promise<IncomingMessage> {
  const authorization = `Bearer ${await interlock.reviewer()}`;
  const request = get(`${broker.url}/api/audit/export?purpose=memory&${query}`, { headers: { authorization } });
  const [reply] = (await once(request, 'response')) as [IncomingMessage];
  return reply;
}

describe('an export of 100,000 entries', () => {
  it('takes less than 64 MiB of memory, and its receiver decides how fast it goes', async () => {
    // The code is compiled and the caches are there before anything is measured.
    for await (const chunk of await exported('index=0..999')) expect(chunk).toBeDefined();
    const before = memory().now;

    let lines = 0;
    let bytes = 0;
    let last = '';
    for await (const chunk of await exported('format=ndjson')) {
      const text = String(chunk);
      bytes += text.length;
      lines += text.split('\n').length - 1;
      last = (last + text).slice(-4096);
    }

    const end = JSON.parse(last.trimEnd().split('\n').at(-1)!) as { count: number };
    expect(end.count).toBe(lines - 1);
    expect(end.count).toBeGreaterThan(entries);
    // More than could hide in the limit: kept in memory, this would show.
    expect(bytes).toBeGreaterThan(128 * mebibyte);
    const grown = (memory().peak - before) / mebibyte;
    expect(grown).toBeLessThan(64);
    process.stderr.write(
      `export of ${end.count} entries, ${Math.round(bytes / mebibyte)} MiB: memory grew by ${grown.toFixed(1)} MiB\n`,
    );
  }, 120_000);
});
