import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { maxBundleEntries } from '#audit';
import type { BrokerProcess } from '../support/broker-process.ts';
import { askEvidence } from '../support/evidence-bundle.ts';
import { fillWithDenials } from '../support/fill-with-denials.ts';
import { Interlock } from '../support/interlock.ts';
import { memoryOf } from '../support/process-memory.ts';

const entries = 20_000;
const mebibyte = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'interlock-evidence-'));

let interlock: Interlock;
let broker: BrokerProcess;

beforeAll(async () => {
  interlock = await Interlock.start();
  await fillWithDenials(interlock.environment(), maxBundleEntries);
  broker = await interlock.broker();
}, 180_000);
afterAll(async () => {
  await interlock.stop();
  rmSync(folder, { recursive: true });
});

/** Saves the bundle of a query and gives its path. */
async function save(query: string): Promise<string> {
  const reply = await askEvidence(broker.url, await interlock.reviewer(), { query, purpose: 'memory' });
  expect(reply.status).toBe(200);
  const path = join(folder, `${query.replaceAll(/\W/g, '-')}.zip`);
  await pipeline(Readable.fromWeb(reply.body!), createWriteStream(path));
  return path;
}

describe('a bundle of 20,000 entries', () => {
  it('takes less than 64 MiB of memory', async () => {
    // The code is compiled and the caches are there before anything is measured.
    await save('index:0..999');
    const before = memoryOf(broker.pid).now;
    const path = await save(`index:0..${entries - 1}`);
    const grown = (memoryOf(broker.pid).peak - before) / mebibyte;

    expect(grown).toBeLessThan(64);
    const { size } = statSync(path);
    process.stderr.write(
      `bundle of ${entries} entries, ${Math.round(size / mebibyte)} MiB: memory grew by ${grown.toFixed(1)} MiB\n`,
    );
    const files = await openPromise(path, { lazyEntries: true });
    // README, script, checkpoint, key, entries, manifest and its note. The policy of these denials was never in force.
    expect(files.entryCount).toBe(entries + 7);
    files.close();
  }, 120_000);
});

describe('a bundle of more entries than it may have', () => {
  it('is refused with the advice to narrow the query', async () => {
    const reply = await askEvidence(broker.url, await interlock.reviewer(), { purpose: 'too much' });

    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({
      code: 'evidence_too_large',
      detail: expect.stringContaining('Narrow it') as string,
    });
  });
});
