import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkLog } from '#testing';
import { SystemClock } from '#kernel';
import { openStore } from '#store';
import { z } from 'zod';
import { call } from './http-client.ts';

/** The parts of a recorded event that the suites look at. */
const Recorded = z.looseObject({
  id: z.string(),
  type: z.string(),
  parent: z.string().optional(),
  decision: z.string().optional(),
  deny_code: z.string().optional(),
  rule_id: z.string().optional(),
  outcome: z.string().optional(),
  actor: z.looseObject({ kind: z.string() }).optional(),
  outcome_reason: z.string().optional(),
  corr: z.looseObject({ request_id: z.string().optional() }).optional(),
});
export type Recorded = z.infer<typeof Recorded>;

const Page = z.object({ size: z.number(), items: z.array(z.object({ index: z.number(), event: Recorded })) });

/**
 * Every event of a running broker, in log order, read as a reviewer reads it; by default without the records of such
 * reading.
 */
export async function eventsOver(url: string, token: string, query = '-type:audit.read'): Promise<readonly Recorded[]> {
  const events: Recorded[] = [];
  let next: string | undefined = `/api/audit/events?limit=1000&q=${encodeURIComponent(query)}`;
  while (next !== undefined) {
    const reply = await call(url + next, { token });
    events.push(...Page.parse(reply.data).items.map(({ event }) => event));
    next = nextLink(reply.headers['link']);
  }
  return events;
}

/** Where a Link header (RFC 8288) says that a list goes on. */
export function nextLink(link = ''): string | undefined {
  return /<([^>]+)>; rel="next"/.exec(link)?.[1];
}

/**
 * Every event of a stopped broker, after the whole log was derived again from its stored bytes and compared with the
 * signed checkpoint; throws when anything does not fit.
 */
export async function verifiedEvents(environment: Readonly<Record<string, string>>): Promise<readonly Recorded[]> {
  const { DATABASE_URL = '', INTERLOCK_LOG_ORIGIN = '', INTERLOCK_LOG_KEY_FILE = '' } = environment;
  const store = await openStore(DATABASE_URL, new SystemClock());
  try {
    const publicKey = createPublicKey(readFileSync(INTERLOCK_LOG_KEY_FILE));
    const entries = await checkLog(store.log(INTERLOCK_LOG_ORIGIN), { publicKey });
    return entries.map(({ body }) => Recorded.parse(JSON.parse(Buffer.from(body).toString('utf8'))));
  } finally {
    await store.close();
  }
}

/** Accepted requests, by request id, that do not have exactly one intent and on it exactly one, successful, outcome. */
export function unpaired(events: readonly Recorded[], accepted: readonly string[]): readonly string[] {
  const of = (type: string) => events.filter((event) => event.type === type);
  const intents = Map.groupBy(of('pause.intent'), ({ corr }) => corr?.request_id);
  const outcomes = Map.groupBy(of('pause.outcome'), ({ parent }) => parent);
  return accepted.filter((id) => {
    const [intent, ...more] = intents.get(id) ?? [];
    const ended = intent === undefined ? [] : (outcomes.get(intent.id) ?? []);
    return more.length > 0 || ended.length !== 1 || ended[0]?.outcome !== 'success';
  });
}
