import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { breath } from '../support/breath.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call, type Reply } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver } from '../support/recorded-events.ts';

/** Tokens count as expired a minute before they are, so that this one is good for two seconds. */
const tokenLifetime = 62;

let interlock: Interlock;
let broker: BrokerProcess;
let caller: string;
beforeAll(async () => {
  interlock = await Interlock.start({ tokenLifetime });
  // Without the read a caller waits for the token only after its intent is recorded, which is how we see it wait.
  broker = await interlock.broker({ INTERLOCK_READ_BEFORE_PAUSE: 'false' });
  caller = await interlock.hrPortal();
});
afterEach(() => {
  interlock.cloud.clearFaults();
});
afterAll(() => interlock.stop());

const pause = () => call(broker.url + pausePath, { method: 'POST', token: caller, body: goodJustification });
const graphCalls = () => interlock.cloud.journal({ service: 'graph' });
const tokenRequests = () => interlock.cloud.journal({ operation: 'token' });

/** Pauses again and again, one after the other, until a reply is as wanted; the suite's timeout ends a wait in vain. */
async function pauseUntil(isWanted: (reply: Reply) => boolean): Promise<Reply> {
  for (;;) {
    const reply = await pause();
    if (isWanted(reply)) return reply;
    await breath();
  }
}

/** Calls to Graph that carried a token which was no longer good when they arrived, or one that was never issued. */
function callsWithBadToken() {
  const ends = new Map<string, number>(
    interlock.cloud.credentials().issued.map((token) => {
      const digest = createHash('sha256').update(`Bearer ${token}`).digest('hex');
      return [`sha256:${digest}`, (decodeJwt(token).exp ?? 0) * 1000];
    }),
  );
  return graphCalls().filter(
    ({ headers, time }) => Date.parse(time) >= (ends.get(headers['authorization'] ?? '') ?? 0),
  );
}

describe('when the token expires while Entra is down', () => {
  it('callers get 503 and Graph hears nothing; when Entra is back, so is the broker', async () => {
    await pauseUntil(({ status }) => status === 204);
    const outage = interlock.cloud.takeDown({ service: 'token' });

    const refused = await pauseUntil(({ status }) => status !== 204);
    expect([refused.status, refused.code]).toEqual([503, 'credential_unavailable']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(broker.output()).toContain('no token for Graph');

    const before = graphCalls().length;
    for (let tries = 0; tries < 20; tries += 1) expect((await pause()).status).toBe(503);
    expect(graphCalls()).toHaveLength(before);

    // That this takes less than a second is shown with a fake clock, in libs/graph/src/renewing-tokens.spec.ts.
    interlock.cloud.clearFaults({ id: outage });
    await pauseUntil(({ status }) => status === 204);
    expect(callsWithBadToken()).toEqual([]);
  });

  it('200 callers who wait for the token share one request for it, and all are served', async () => {
    const asked = tokenRequests();
    const held = interlock.cloud.injectFault({ match: { operation: 'token' }, delay: 'until-cleared' });
    const after = asked.at(-1)?.sequence ?? 0;
    const arrived = interlock.cloud.whenArrived({ operation: 'token', after }).then(() => 'arrived' as const);
    let first: Promise<Reply>;
    do {
      await breath();
      first = pause();
    } while ((await Promise.race([first, arrived])) !== 'arrived');
    const others = Array.from({ length: 199 }, pause);
    while ((await openIntents()) < 200) await breath();
    // The token that all of them get lasts, so that none of them can have asked for a second one.
    interlock.cloud.setTokenLifetime({ seconds: 3599 });
    interlock.cloud.clearFaults({ id: held });

    const replies = await Promise.all([first, ...others]);
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 204));
    expect(replies).toHaveLength(200);
    expect(tokenRequests()).toHaveLength(asked.length + 1);
    expect(callsWithBadToken()).toEqual([]);
  });
});

/** How many pauses are recorded as intended and not yet as done: their callers wait. */
async function openIntents(): Promise<number> {
  const events = await eventsOver(broker.url, await interlock.reviewer());
  const done = new Set(events.filter(({ type }) => type === 'pause.outcome').map(({ parent }) => parent));
  return events.filter(({ type, id }) => type === 'pause.intent' && !done.has(id)).length;
}
