import { createPublicKey, randomUUID } from 'node:crypto';
import { SystemClock } from '#kernel';
import { openStore } from '#store';
import { checkLog, columnsOfBody } from '#testing';
import type { TestDatabase } from '../store/databases.ts';
import { AppenderProcess } from './appenders.ts';
import { LogKeyFiles } from './log-key-files.ts';

/** What came of many appends at once; `misplaced` names acknowledged events that do not stand where they were said to. */
export interface ConcurrentAppends {
  readonly acknowledged: number;
  /** Entries of the log, derived again from their bytes, without its first. */
  readonly entries: number;
  readonly misplaced: readonly string[];
  readonly seconds: number;
}

/**
 * Lets processes append to one log at the same time, each with as many appenders and about as many events as told, and
 * derives the log again. Throws when it does not fit its own bytes; its indexes have no gap then.
 */
export async function appendConcurrently(
  database: TestDatabase,
  { processes, appenders, events }: { readonly processes: number; readonly appenders: number; readonly events: number },
): Promise<ConcurrentAppends> {
  const keys = new LogKeyFiles();
  const { pem, keyFile, disclosureKeyFile } = keys;
  const origin = `broker.example/audit/${randomUUID()}`;
  const base = { databaseUrl: database.url, origin, keyFile, disclosureKeyFile, appenders, events, acknowledge: true };
  const start = (_: unknown, at: number) => AppenderProcess.start({ ...base, instance: `replica-${at}` });
  const running = await Promise.all(Array.from({ length: processes }, start));
  const began = performance.now();
  await Promise.all(running.map((process) => process.run()));
  const seconds = (performance.now() - began) / 1000;
  await Promise.all(running.map(({ ended }) => ended));
  keys.remove();
  const store = await openStore(database.url, new SystemClock());
  try {
    const entries = await checkLog(store.log(origin), { publicKey: createPublicKey(pem), columnsOf: columnsOfBody });
    const acknowledged = running.flatMap((process) => process.acknowledged);
    const misplaced = acknowledged.filter(({ eventId, index }) => entries[index]?.eventId !== eventId);
    return {
      acknowledged: acknowledged.length,
      entries: entries.length - 1,
      misplaced: misplaced.map(({ eventId, index }) => `${eventId} at ${index}`),
      seconds,
    };
  } finally {
    await store.close();
  }
}
