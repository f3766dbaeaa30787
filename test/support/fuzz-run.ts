import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../../apps/simulator/src/http/journal.ts';
import { ids } from '../../apps/simulator/src/world/default-world.ts';
import { isForbidden } from './graph-allow-list.ts';
import { Interlock } from './interlock.ts';
import { RawConnection } from './raw-connection.ts';
import { type Bearer, type FuzzedRequest, RequestFuzzer, type Tokens } from './request-fuzzer.ts';
import { committedRoutes, routeOf } from './route-table.ts';
import { SeededRandom } from './seeded-random.ts';
import { startPolicy } from './start-policy.ts';

const connections = 16;
/** The journal has to hold all of a run. */
const journalCapacity = 10_000_000;

/** What a run saw. */
export interface FuzzResult {
  /** Replies by status and whose token it was; `cut` where the connection ended without a reply. */
  readonly replies: ReadonlyMap<string, Readonly<Record<Bearer, number>>>;
  /** The first bytes of requests that were answered 500. */
  readonly failed: readonly string[];
  /** Requests that arrived at the simulated cloud, by operation. */
  readonly operations: Readonly<Record<string, number>>;
  /** Those of them that are on no list. */
  readonly forbidden: readonly JournalEntry[];
  /** Of the broker, asked to stop after the last reply; 0 is well. */
  readonly exitCode: number | null;
}

/** Sends `count` requests of a seed to a broker of its own, whose policy lets the HR portal read, pause and start. */
export async function fuzzBroker(count: number, seed: number): Promise<FuzzResult> {
  const interlock = await Interlock.start({ journalCapacity });
  try {
    const policy = join(interlock.folder, 'start-policy.yaml');
    writeFileSync(policy, startPolicy);
    const broker = await interlock.broker({ INTERLOCK_POLICY: policy });
    const routes = committedRoutes().map(routeOf);
    const fuzzer = new RequestFuzzer(new SeededRandom(seed), routes, await tokensOf(interlock));
    const tally = await sendAll(broker.url, fuzzer, count);
    const exitCode = await broker.stop();
    const journal = interlock.cloud.journal();
    return { ...tally, operations: counted(journal), forbidden: journal.filter(isForbidden), exitCode };
  } finally {
    await interlock.stop();
  }
}

async function tokensOf({ cloud }: Interlock): Promise<Tokens> {
  const changing = ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'];
  return {
    'hr-portal': await cloud.mintToken({ application: ids.hrPortal.appId, roles: changing }),
    reviewer: await cloud.mintToken({ application: ids.console.appId, roles: ['Audit.Read'] }),
    // Has every right, and no rule of the policy.
    stranger: await cloud.mintToken({ application: ids.stranger.appId, roles: changing }),
  };
}

async function sendAll(
  url: string,
  fuzzer: RequestFuzzer,
  count: number,
): Promise<Pick<FuzzResult, 'replies' | 'failed'>> {
  const replies = new Map<string, Record<Bearer, number>>();
  const failed: string[] = [];
  let sent = 0;
  const one = async (connection: RawConnection, request: FuzzedRequest): Promise<void> => {
    const { status } = await connection.send(request);
    const key = status === undefined ? 'cut' : String(status);
    const row = replies.get(key) ?? { nobody: 0, garbage: 0, stranger: 0, reviewer: 0, 'hr-portal': 0 };
    row[request.bearer] += 1;
    replies.set(key, row);
    if (status === 500) failed.push(request.text.slice(0, 200));
  };
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = new RawConnection(url);
      while (sent < count) {
        sent += 1;
        await one(connection, fuzzer.next());
      }
      connection.close();
    }),
  );
  return { replies, failed };
}

function counted(journal: readonly JournalEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operation } of journal) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}
