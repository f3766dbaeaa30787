// A process that records pauses in an audit log with many appenders at once: started by torture and by the benchmarks,
// which kill it or stop the time that it takes. It is ready when it says so, and begins when it is told to.
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { AuditLog, DisclosureKey, LogKey } from '#audit';
import { SystemClock } from '#kernel';
import { openStore } from '#store';
import type { AppenderOptions } from './appenders.ts';
import { PauseRequest, recordPause } from './pause-events.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as AppenderOptions;
const { databaseUrl, origin, keyFile, disclosureKeyFile, instance, appenders } = options;
const { events = Infinity, warmUp = 0 } = options;
const clock = new SystemClock();
const store = await openStore(databaseUrl, clock);
const log = await AuditLog.open({
  store: store.log(origin),
  clock,
  origin,
  key: LogKey.parse(origin, readFileSync(keyFile, 'utf8')),
  disclosureKey: DisclosureKey.parse(readFileSync(disclosureKeyFile, 'utf8')),
  instance,
  build: 'test',
  // The longest that a timer can take: here nobody gives up.
  appendTimeoutMs: 2 ** 31 - 1,
});
let recorded = 0;
let requests = 0;

/** To a pipe Node writes at once: what this process has told is known when it is killed. */
function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function append(enough: number): Promise<void> {
  while (recorded < enough) {
    requests += 1;
    const now = clock.now();
    const pause = recordPause(log, new PauseRequest(requests, now), now, ({ eventId, index }) => {
      recorded += 1;
      if (options.acknowledge === true) tell(`${eventId} ${index}`);
    });
    // Who waits to be killed has no use for giving up when a busy machine keeps the store from answering in time.
    await (enough === Infinity ? pause.catch(() => undefined) : pause);
  }
}

await Promise.all(Array.from({ length: appenders }, () => append(warmUp)));
tell('ready');
await once(process.stdin, 'data');
// Nobody may be left to kill it.
process.stdin.resume().once('end', () => process.exit(1));
recorded = 0;
const began = process.cpuUsage();
await Promise.all(Array.from({ length: appenders }, () => append(events)));
const { user, system } = process.cpuUsage(began);
tell(`recorded ${recorded} ${user + system}`);
await log.close();
await store.close();
process.exit(0);
