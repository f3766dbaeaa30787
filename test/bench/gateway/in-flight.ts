import { whole } from '../figures.ts';
import { table } from '../markdown.ts';
import { progress } from '../scenario.ts';
import { contestantNames } from './contestants.ts';
import { load } from './load.ts';
import type { MeasuredProcess } from './measured-process.ts';
import { Stage } from './stage.ts';

const inFlight = 5_000;
const graphMillis = 1_000;

/** So many callers at once, each with one request, while Graph takes a second for each. As a table. */
export async function manyInFlight(): Promise<string> {
  const stage = await Stage.start(graphMillis);
  try {
    const rows = await stage.postgres();
    const starts: readonly (readonly [string, () => Promise<MeasuredProcess>])[] = [
      [contestantNames.proxy, () => stage.peer('fastify-proxy')],
      [contestantNames.handWrittenAudited, () => stage.peer('express-axios', { DATABASE_URL: rows.url })],
      [contestantNames.sqlite, () => stage.broker({ INTERLOCK_READ_BEFORE_PAUSE: 'false' })],
    ];
    const lines: string[][] = [];
    for (const [name, start] of starts) {
      progress(`${whole(inFlight)} requests in flight: ${name}`);
      lines.push([name, ...(await endured(stage, await start()))]);
    }
    return [
      `${whole(inFlight)} connections with one request each, sent at once; Graph takes ${graphMillis} ms. Interlock lets 128 requests to Graph at a time, 256 more wait, and all others are told that nothing was sent.`,
      table(['gateway', 'replies', 'all answered after, s', 'p50, ms', 'p99, ms', 'peak memory, MiB'], lines),
    ].join('\n\n');
  } finally {
    await stage.stop();
  }
}

async function endured({ ca, requests }: Stage, process: MeasuredProcess): Promise<string[]> {
  const options = { url: process.url, ca, requests };
  await load({ ...options, connections: 64, amount: 256 });
  const { statuses, failed, seconds, p50, p99 } = await load({ ...options, connections: inFlight, amount: inFlight });
  const replies = Object.entries(statuses).map(([status, count]) => `${whole(count)} × ${status}`);
  const answered = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  const refused = answered - (statuses['204'] ?? 0);
  if (failed > refused) replies.push(`${whole(failed - refused)} without reply`);
  return [replies.join(', '), seconds.toFixed(1), whole(p50), whole(p99), whole(process.memory().peak)];
}
