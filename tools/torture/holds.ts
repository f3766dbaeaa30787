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
  const results = await Promise.all(
    Array.from({ length: lanes }, (_, lane) => playLane(urlOf(lane), Math.ceil(runs / lanes), seed + lane)),
  );
  const failures = results.flatMap((result) => result.failures);
  const entries = results.reduce((sum, result) => sum + result.entries, 0);
  const seconds = Math.round((performance.now() - began) / 1000);
  const played = Math.ceil(runs / lanes) * lanes;
  console.log(
    `${name}: ${played} sequences and ${played} rushes from seed ${seed} in ${seconds} s, ${entries} entries; ` +
      `not as the model says: ${failures.length}`,
  );
  for (const failure of failures) console.log(failure);
  return failures.length === 0;
}

async function playLane(url: string, runs: number, seed: number) {
  const open = await openHoldStores(url);
  const { stores } = open;
  try {
    const sequences = fc.asyncProperty(holdSteps, (steps) => assertFollowsModel(stores, steps));
    const rushes = fc.asyncProperty(holdRushes, (some) => assertSurvivesRushes(stores, some));
    const failures = [
      fc.defaultReportMessage(await fc.check(sequences, { numRuns: runs, seed })),
      fc.defaultReportMessage(await fc.check(rushes, { numRuns: runs, seed })),
    ].filter((message) => message !== undefined);
    return { failures, entries: (await stores.log.head())?.size ?? 0 };
  } finally {
    await open.close();
  }
}
