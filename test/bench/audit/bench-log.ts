import { randomUUID } from 'node:crypto';
import { AuditLog, DisclosureKey, LogKey, type LogStore } from '#audit';
import { SystemClock } from '#kernel';
import { openStore, type Store } from '#store';
import { startSqlite, type TestDatabase } from '../../store/databases.ts';
import { AppenderProcess } from '../../support/appenders.ts';
import { LogKeyFiles } from '../../support/log-key-files.ts';
import { startPostgres } from '../../support/postgres.ts';

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
  readonly spread?: boolean;
}

/** One log in a database, with its key. */
export class BenchLog {
  readonly origin = `bench.example/audit/${randomUUID()}`;
  readonly key: LogKey;
  readonly #keys = new LogKeyFiles();

  constructor(readonly database: TestDatabase) {
    this.key = LogKey.parse(this.origin, this.#keys.pem);
  }

  /** Lets processes of their own append; gives events per second from the first request to the end of the last. */
  async fill({ writers, appenders, events, spread = false }: Filling): Promise<number> {
    const start = (_: unknown, at: number) =>
      AppenderProcess.start({
        databaseUrl: this.database.url,
        origin: this.origin,
        keyFile: this.#keys.keyFile,
        disclosureKeyFile: this.#keys.disclosureKeyFile,
        instance: `bench-${at}`,
        appenders,
        events: Math.ceil(events / writers),
        spread,
      });
    const processes = await Promise.all(Array.from({ length: writers }, start));
    const began = performance.now();
    const recorded = await Promise.all(processes.map((process) => process.run()));
    const seconds = (performance.now() - began) / 1000;
    await Promise.all(processes.map(({ ended }) => ended));
    return recorded.reduce((sum, count) => sum + count, 0) / seconds;
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

  open(store: LogStore): Promise<AuditLog> {
    const { key, origin } = this;
    const disclosureKey = DisclosureKey.parse(this.#keys.disclosureKeyText);
    const identity = { instance: 'bench', build: 'bench' };
    return AuditLog.open({ store, clock: new SystemClock(), origin, key, disclosureKey, ...identity });
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
