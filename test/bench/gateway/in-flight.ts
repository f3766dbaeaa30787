import { whole } from '../figures.ts';
import { table } from '../markdown.ts';
import { progress } from '../scenario.ts';
import { contestantNames } from './contestants.ts';
import { load } from './load.ts';
import type { MeasuredProcess } from './measured-process.ts';
import { Stage } from './stage.ts';

const inFlight = 5_000;
const graphMillis = 1_000;
const withoutRead = { INTERLOCK_READ_BEFORE_PAUSE: 'false' };
const roomForAll = { INTERLOCK_MAX_REQUESTS_IN_FLIGHT: String(inFlight), INTERLOCK_MAX_GRAPH_REQUESTS: '512' };

/** So many callers at once, each with one request, while Graph takes a second for each. As a table. */
export async function manyInFlight(): Promise<string> {
  const stage = await Stage.start(graphMillis);
  try {
    const rows = await stage.postgres();
    const starts: readonly (readonly [string, () => Promise<MeasuredProcess>])[] = [
      [contestantNames.proxy, () => stage.peer('fastify-proxy')],
      [contestantNames.handWrittenAudited, () => stage.peer('express-axios', { DATABASE_URL: rows.url })],
      [contestantNames.sqlite, () => stage.broker(withoutRead)],
      [`${contestantNames.sqlite}, letting all in`, () => stage.broker({ ...withoutRead, ...roomForAll })],
    ];
    const lines: string[][] = [];
    for (const [name, start] of starts) {
      progress(`${whole(inFlight)} requests in flight: ${name}`);
      lines.push([name, ...(await endured(stage, await start()))]);
    }
    return [
      `${whole(inFlight)} connections with one request each, sent at once; Graph takes ${graphMillis} ms. Interlock lets 1,024 requests in and 128 at a time to Graph, and tells all others at once that nothing was sent; in the last line it was told to let all of them in, and 512 to Graph.`,
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
