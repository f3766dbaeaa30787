import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { BrokerProcess } from '../support/broker-process.ts';
import { fillWithDenials } from '../support/fill-with-denials.ts';
import { Interlock } from '../support/interlock.ts';
import { memoryOf } from '../support/process-memory.ts';

const entries = 100_000;
const mebibyte = 2 ** 20;

let interlock: Interlock;
let broker: BrokerProcess;

beforeAll(async () => {
  interlock = await Interlock.start();
  await fillWithDenials(interlock.environment(), entries);
  broker = await interlock.broker();
}, 180_000);
afterAll(() => interlock.stop());

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
    const before = memoryOf(broker.pid).now;

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
    const grown = (memoryOf(broker.pid).peak - before) / mebibyte;
    expect(grown).toBeLessThan(64);
    process.stderr.write(
      `export of ${end.count} entries, ${Math.round(bytes / mebibyte)} MiB: memory grew by ${grown.toFixed(1)} MiB\n`,
    );
  }, 120_000);
});
