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

/** Every event of a running broker, in log order, read as a reviewer reads it. */
export async function eventsOver(url: string, token: string): Promise<readonly Recorded[]> {
  const events: Recorded[] = [];
  for (;;) {
    const reply = await call(`${url}/api/audit/events?from=${events.length}&limit=1000`, { token });
    const page = Page.parse(reply.data);
    events.push(...page.items.map(({ event }) => event));
    if (events.length >= page.size || page.items.length === 0) return events;
  }
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
