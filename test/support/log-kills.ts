import { createPublicKey, randomUUID } from 'node:crypto';
import type { StoredEntry } from '#audit';
import { SystemClock } from '#kernel';
import { openStore } from '#store';
import { checkLog, columnsOfBody } from '#testing';
import { z } from 'zod';
import type { TestDatabase } from '../store/databases.ts';
import { AppenderProcess } from './appenders.ts';
import { breath } from './breath.ts';
import { LogKeyFiles } from './log-key-files.ts';
import type { SeededRandom } from './seeded-random.ts';

/** After so many kills a log has grown enough; a new one keeps deriving it again short. */
const killsPerLog = 5;
const appenders = 64;

/** What of a leaf tells which event of which pause it is. */
const Occurrence = z.object({
  type: z.string(),
  parent: z.string().optional(),
  corr: z.object({ request_id: z.string() }).optional(),
});

/** What the kills left behind; the lists name what must not be. */
export interface LogKillReport {
  kills: number;
  acknowledged: number;
  /** Events that had become durable, but nobody was told so. */
  unheard: number;
  readonly lost: string[];
  readonly doubled: string[];
}

/**
 * Kills processes in the midst of appending to one database, one after the other, and derives the log again from its
 * bytes after each. Throws when a log does not fit its own bytes.
 */
export class LogKills {
  readonly report: LogKillReport = { kills: 0, acknowledged: 0, unheard: 0, lost: [], doubled: [] };
  readonly #database: TestDatabase;
  readonly #keys = new LogKeyFiles();
  #log: { readonly origin: string; readonly known: Map<number, string>; kills: number } | undefined;

  constructor(database: TestDatabase) {
    this.#database = database;
  }

  /** Kills one process after it has acknowledged fewer events than `most`. */
  async kill(random: SeededRandom, most = 500): Promise<void> {
    if (this.#log === undefined || this.#log.kills === killsPerLog) {
      this.#log = { origin: `broker.example/audit/${randomUUID()}`, known: new Map(), kills: 0 };
    }
    const { origin, known } = this.#log;
    const process = await AppenderProcess.start({
      databaseUrl: this.#database.url,
      origin,
      keyFile: this.#keys.keyFile,
      disclosureKeyFile: this.#keys.disclosureKeyFile,
      instance: `killed-${this.report.kills}`,
      appenders,
      acknowledge: true,
    });
    await process.killAfter(random.next(most));
    this.#log.kills += 1;
    for (const { eventId, index } of process.acknowledged) known.set(index, eventId);
    this.report.acknowledged += process.acknowledged.length;
    this.report.kills += 1;
    this.#judge(await this.#derived(origin), known);
  }

  remove(): void {
    this.#keys.remove();
  }

  /** The entries, once the server has ended what the killed process began. */
  async #derived(origin: string): Promise<readonly StoredEntry[]> {
    if (this.#database.url.startsWith('postgres')) {
      const others = `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      while ((await this.#database.sql(others)).length > 0) await breath();
    }
    const store = await openStore(this.#database.url, new SystemClock());
    try {
      return await checkLog(store.log(origin), {
        publicKey: createPublicKey(this.#keys.pem),
        columnsOf: columnsOfBody,
      });
    } finally {
      await store.close();
    }
  }

  #judge(entries: readonly StoredEntry[], known: Map<number, string>): void {
    for (const [index, eventId] of known) {
      if (entries[index]?.eventId !== eventId) this.report.lost.push(`${eventId} at ${index}`);
    }
    const seen = new Set<string>();
    for (const { index, eventId, body } of entries) {
      const { type, parent, corr } = Occurrence.parse(JSON.parse(Buffer.from(body).toString('utf8')));
      const occurrence = `${type} ${parent ?? corr?.request_id ?? ''}`;
      if (seen.has(occurrence)) this.report.doubled.push(`${occurrence} at ${index}`);
      seen.add(occurrence);
      if (!known.has(index)) this.report.unheard += 1;
      // From now on it must stay.
      known.set(index, eventId);
    }
  }
}
