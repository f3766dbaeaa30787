// A process that records pauses in an audit log with many appenders at once: started by torture and by the benchmarks,
// which kill it or stop the time that it takes. It is ready when it says so, and begins when it is told to.
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { AuditLog, DisclosureKey, LogKey } from '#audit';
import { Clock, type EpochMillis, SystemClock } from '#kernel';
import { openStore } from '#store';
import type { AppenderOptions } from './appenders.ts';
import { PauseRequest, recordPause } from './pause-events.ts';

/** Makes a log of minutes look like one of months. Waits are real. */
class SpreadClock extends Clock {
  readonly #system = new SystemClock();
  #now = Date.parse('2026-01-01T00:00:00Z');

  override now(): EpochMillis {
    this.#now += 7_000;
    return this.#now as EpochMillis;
  }

  override wait(millis: number, signal?: AbortSignal): Promise<void> {
    return this.#system.wait(millis, signal);
  }
}

const options = JSON.parse(process.argv[2] ?? '{}') as AppenderOptions;
const { databaseUrl, origin, keyFile, disclosureKeyFile, instance, appenders } = options;
const { events = Infinity, spread = false } = options;
const clock = spread ? new SpreadClock() : new SystemClock();
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

async function append(): Promise<void> {
  while (recorded < events) {
    requests += 1;
    const now = clock.now();
    const pause = recordPause(log, new PauseRequest(requests, now), now, ({ eventId, index }) => {
      recorded += 1;
      if (options.acknowledge === true) tell(`${eventId} ${index}`);
    });
    // Who waits to be killed has no use for giving up when a busy machine keeps the store from answering in time.
    await (events === Infinity ? pause.catch(() => undefined) : pause);
  }
}

tell('ready');
await once(process.stdin, 'data');
// Nobody may be left to kill it.
process.stdin.resume().once('end', () => process.exit(1));
await Promise.all(Array.from({ length: appenders }, append));
tell(`recorded ${recorded}`);
await log.close();
await store.close();
process.exit(0);
