import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertFollowsModel, assertSurvivesRushes, holdRushes, holdSteps } from '#testing';
import fc from 'fast-check';
import { openHoldStores } from '../../test/support/hold-stores.ts';
import { startPostgres } from '../../test/support/postgres.ts';

/** Logs that are worked on side by side, so that the disk is not waited for. */
const lanes = 8;
/**
 * On one log. Its clock begins in the past and each sequence moves it on by up to some weeks, while PostgreSQL's timers
 * go by the server's clock: the log may not come to the present.
 */
const runsPerLog = 20;

/**
 * Plays random sequences of pauses, starts, releases, crashes and third-party changes on both stores and holds them to a
 * simple model; then the same many rushes of requests at once. Prints figures; true when all was as the model says.
 */
export async function holds(runs: number, seed: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-holds-'));
  try {
    const onSqlite = await play('SQLite', (lane) => `sqlite:${join(folder, `${lane}.db`)}`, runs, seed);
    const postgres = await startPostgres();
    try {
      return (await play('PostgreSQL', () => postgres.url, runs, seed)) && onSqlite;
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function play(name: string, urlOf: (lane: number) => string, runs: number, seed: number): Promise<boolean> {
  const began = performance.now();
  const logs = Math.ceil(runs / runsPerLog);
  const waiting = Array.from({ length: logs }, (_, at) => at).values();
  const results: Played[] = [];
  const lane = async (_: unknown, at: number): Promise<void> => {
    for (const log of waiting) results.push(await playLog(urlOf(at), runsPerLog, seed + log));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const failures = results.flatMap((result) => result.failures);
  const entries = results.reduce((sum, result) => sum + result.entries, 0);
  const seconds = Math.round((performance.now() - began) / 1000);
  const played = logs * runsPerLog;
  console.log(
    `${name}: ${played} sequences and ${played} rushes from seed ${seed} in ${seconds} s, ${entries} entries; ` +
      `not as the model says: ${failures.length}`,
  );
  for (const failure of failures) console.log(failure);
  return failures.length === 0;
}

interface Played {
  readonly failures: readonly string[];
  readonly entries: number;
}

async function playLog(url: string, runs: number, seed: number): Promise<Played> {
  const open = await openHoldStores(url);
  const { stores } = open;
  try {
    const sequences = fc.asyncProperty(holdSteps, (steps) => assertFollowsModel(stores, steps));
    const rushes = fc.asyncProperty(holdRushes, (some) => assertSurvivesRushes(stores, some));
    const failures = [
      failureOf(await fc.check(sequences, { numRuns: runs, seed })),
      failureOf(await fc.check(rushes, { numRuns: runs, seed })),
    ].filter((failure) => failure !== undefined);
    return { failures, entries: (await stores.log.head())?.size ?? 0 };
  } finally {
    await open.close();
  }
}

function failureOf<Values>(played: fc.RunDetails<Values>): string | undefined {
  return played.failed ? `${fc.defaultReportMessage(played)}\n${String(played.errorInstance)}` : undefined;
}
