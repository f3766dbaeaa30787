import { randomUUID } from 'node:crypto';
import { AuditLog, DisclosureKey, LogKey, type LogStore } from '#audit';
import { type Clock, SystemClock } from '#kernel';
import { openStore, type Store } from '#store';
import { startSqlite, type TestDatabase } from '../../store/databases.ts';
import { AppenderProcess } from '../../support/appenders.ts';
import { LogKeyFiles } from '../../support/log-key-files.ts';
import { PauseRequest, recordPause } from '../../support/pause-events.ts';
import { startPostgres } from '../../support/postgres.ts';
import { SpreadClock } from '../../support/spread-clock.ts';
import { GatheredAppends } from './gathered-appends.ts';

/** A store that is measured, and with how many processes, because SQLite has room for one. */
export interface BenchStore {
  readonly name: string;
  readonly writers: number;
  start(): Promise<TestDatabase>;
}

export const benchStores: readonly BenchStore[] = [
  { name: 'SQLite', writers: 1, start: startSqlite },
  { name: 'PostgreSQL', writers: 4, start: startPostgres },
];

/** How a writer fills the log. */
export interface Filling {
  readonly writers: number;
  /** Of each writer. */
  readonly appenders: number;
  /** In all; each writer has its share. */
  readonly events: number;
}

/** How fast a log was filled. */
export interface FillRate {
  readonly perSecond: number;
  /** Of the writers, per event, in microseconds; without what a database server takes. */
  readonly cpuMicros: number;
}

/** Events that each writer records before its time counts. */
const warmUp = 3_000;
/** Who fill a large log. */
const fillers = 512;

/** One log in a database, with its key. */
export class BenchLog {
  readonly origin = `bench.example/audit/${randomUUID()}`;
  readonly key: LogKey;
  readonly #keys = new LogKeyFiles();

  constructor(readonly database: TestDatabase) {
    this.key = LogKey.parse(this.origin, this.#keys.pem);
  }

  /** Lets processes of their own append; the time is from the first request to the end of the last. */
  async fill({ writers, appenders, events }: Filling): Promise<FillRate> {
    const start = (_: unknown, at: number) =>
      AppenderProcess.start({
        databaseUrl: this.database.url,
        origin: this.origin,
        keyFile: this.#keys.keyFile,
        disclosureKeyFile: this.#keys.disclosureKeyFile,
        instance: `bench-${at}`,
        appenders,
        events: Math.ceil(events / writers),
        warmUp,
      });
    const processes = await Promise.all(Array.from({ length: writers }, start));
    const began = performance.now();
    const recorded = await Promise.all(processes.map((process) => process.run()));
    const seconds = (performance.now() - began) / 1000;
    await Promise.all(processes.map(({ ended }) => ended));
    const count = recorded.reduce((sum, { events }) => sum + events, 0);
    const cpuMicros = recorded.reduce((sum, one) => sum + one.cpuMicros, 0);
    return { perSecond: count / seconds, cpuMicros: cpuMicros / count };
  }

  /** Writes so many entries as fast as it goes, with times of months. */
  fillFast(events: number): Promise<void> {
    return this.use(async (store) => {
      const clock = new SpreadClock();
      const gathered = new GatheredAppends(store.log(this.origin));
      const log = await this.open(gathered.store, clock);
      let [begun, recorded] = [0, 0];
      const append = async (): Promise<void> => {
        while (recorded < events) {
          begun += 1;
          const now = clock.now();
          await recordPause(log, new PauseRequest(begun, now), now, () => (recorded += 1));
        }
      };
      await Promise.all(Array.from({ length: fillers }, append));
      await gathered.flush();
      await log.close();
    });
  }

  /** Uses the store in this process, and closes it. */
  async use<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
    const store = await openStore(this.database.url, new SystemClock());
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  open(store: LogStore, clock: Clock = new SystemClock()): Promise<AuditLog> {
    const { key, origin } = this;
    const disclosureKey = DisclosureKey.parse(this.#keys.disclosureKeyText);
    const identity = { instance: 'bench', build: 'bench' };
    // A spread clock would let every append be late.
    return AuditLog.open({ store, clock, origin, key, disclosureKey, ...identity, appendTimeoutMs: 2 ** 31 - 1 });
  }

  remove(): void {
    this.#keys.remove();
  }
}

/** A log and the name of the store that it is in. */
export interface NamedLog {
  readonly name: string;
  readonly log: BenchLog;
}
