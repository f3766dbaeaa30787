import type { BrokerProcess } from './broker-process.ts';
import { call } from './http-client.ts';
import { pausePath } from './interlock.ts';
import { goodJustification } from './policy-file.ts';

/** What 64 callers saw. */
export interface LoadResult {
  readonly replies: number;
  /** `request-id` of every 204. */
  readonly accepted: readonly string[];
  /** Replies per status. */
  readonly statuses: Readonly<Record<number, number>>;
}

/** `callers` send pauses one after the other, over all brokers, until `goOn` says no. */
export async function pauseUnderLoad(
  brokers: readonly BrokerProcess[],
  token: string,
  callers: number,
  goOn: (sent: number) => boolean,
): Promise<LoadResult> {
  const accepted: string[] = [];
  const statuses: Record<number, number> = {};
  let sent = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      const broker = brokers[caller % brokers.length];
      if (broker === undefined) throw new Error('no broker');
      while (goOn(sent)) {
        sent += 1;
        const reply = await call(broker.url + pausePath, { method: 'POST', token, body: goodJustification });
        statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
        if (reply.status === 204) accepted.push(String(reply.headers['request-id']));
      }
    }),
  );
  return { replies: sent, accepted, statuses };
}
