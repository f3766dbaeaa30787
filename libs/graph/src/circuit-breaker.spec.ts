import type { EpochMillis } from '#kernel';
import { FakeClock } from '#testing';
import { AccessToken } from './access-token.ts';
import { CircuitBreaker, type CircuitState } from './circuit-breaker.ts';
import { Deadline } from './deadline.ts';
import { type GraphReply, type GraphRequest, GraphTransport, TransportFailure } from './graph-transport.ts';

const reply = (status: number): GraphReply => ({ status, headers: {}, body: Buffer.alloc(0) });
const token = AccessToken.received('token', 0 as EpochMillis, 1 as EpochMillis);
const request: GraphRequest = { method: 'POST', path: '/', token, clientRequestId: '1', freshConnection: false };

/** A transport whose requests end as told. */
class Carrier extends GraphTransport {
  override readonly host = 'graph.example';

  constructor(readonly end: () => Promise<GraphReply>) {
    super();
  }

  override send(): Promise<GraphReply> {
    return this.end();
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

function setUp() {
  const clock = new FakeClock();
  const changes: CircuitState[] = [];
  const breaker = new CircuitBreaker(clock, (state) => changes.push(state));
  const deadline = new Deadline(clock, Number.MAX_SAFE_INTEGER as EpochMillis);
  const send = (end: () => Promise<GraphReply>) => breaker.send(new Carrier(end), request, deadline);
  let sent = 0;
  /** Sends once, and waits so long for the end; says how it ended. */
  const meet = async (outcome: number | TransportFailure['code'], waited = 0) => {
    try {
      const { status } = await send(async () => {
        sent += 1;
        await clock.advance(waited);
        if (typeof outcome === 'string') throw new TransportFailure(outcome);
        return reply(outcome);
      });
      return status;
    } catch (error) {
      if (error instanceof TransportFailure) return error.code;
      throw error;
    }
  };
  const fail = async (times: number, outcome: number | TransportFailure['code'] = 503, waited = 0) => {
    for (let n = 0; n < times; n += 1) await meet(outcome, waited);
  };
  return { clock, changes, send, meet, fail, sent: () => sent };
}

describe('CircuitBreaker', () => {
  it.each([502, 503, 504, 'connect_failed', 'connection_lost'] as const)(
    'opens after ten in a row that end as %s, and then sends nothing',
    async (outcome) => {
      const { meet, fail, sent, changes } = setUp();
      await fail(9, outcome);
      expect(changes).toEqual([]);

      expect(await meet(outcome)).toBe(outcome);
      expect(changes).toEqual(['open']);
      expect(await meet(204)).toBe('circuit_open');
      expect(sent()).toBe(10);
    },
  );

  it.each(['no_reply', 'never_sent'] as const)('counts %s only after five seconds of waiting', async (outcome) => {
    const { meet, fail, changes } = setUp();
    await fail(20, outcome, 4_999);
    expect(changes).toEqual([]);

    await fail(9, outcome, 5_000);
    expect(await meet(204)).toBe(204);
    await fail(10, outcome, 5_000);
    expect(changes).toEqual(['open']);
  });

  it('leaves a row of failures as it is when a call had little time', async () => {
    const { fail, changes } = setUp();
    await fail(9);
    await fail(5, 'no_reply', 2_000);
    expect(changes).toEqual([]);
    await fail(1);
    expect(changes).toEqual(['open']);
  });

  it('stays open when the request that was let through got no reply, however little time it had', async () => {
    const { clock, meet, fail, changes } = setUp();
    await fail(10);
    await clock.advance(5_000);
    expect(await meet('no_reply', 10)).toBe('no_reply');
    expect(changes).toEqual(['open', 'half_open', 'open']);
  });

  it.each([204, 401, 403, 404, 409, 429, 500])(
    'takes %d for an answer, which ends a row of failures',
    async (status) => {
      const { meet, fail, changes } = setUp();
      await fail(9);
      expect(await meet(status)).toBe(status);
      await fail(9);
      expect(changes).toEqual([]);
    },
  );

  it('says how long it stays open, by our clock', async () => {
    const { clock, send, fail } = setUp();
    await fail(10);
    await clock.advance(2_000);

    const held = send(() => Promise.resolve(reply(204)));
    await expect(held).rejects.toMatchObject({ code: 'circuit_open', retryAfterMs: 3_000 });
  });

  it('lets one request through after five seconds, and all of them when it is answered', async () => {
    const { clock, meet, fail, changes } = setUp();
    await fail(10);
    await clock.advance(4_999);
    expect(await meet(204)).toBe('circuit_open');
    await clock.advance(1);

    expect([await meet(204), await meet(204)]).toEqual([204, 204]);
    expect(changes).toEqual(['open', 'half_open', 'closed']);
  });

  it('holds the others back at once while that one is under way: they do not wait for it', async () => {
    const { clock, send, meet, fail } = setUp();
    await fail(10);
    await clock.advance(5_000);
    const probe = Promise.withResolvers<GraphReply>();
    const probing = send(() => probe.promise);

    expect(await meet(204)).toBe('circuit_open');
    probe.resolve(reply(204));
    expect((await probing).status).toBe(204);
    expect(await meet(204)).toBe(204);
  });

  it('rests twice as long after each probe that fails, a minute at most', async () => {
    const { clock, meet, fail } = setUp();
    await fail(10);
    const rests: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      let rested = 0;
      while ((await meet(503)) === 'circuit_open') {
        await clock.advance(1_000);
        rested += 1;
      }
      rests.push(rested);
    }
    expect(rests).toEqual([5, 10, 20, 40, 60, 60]);
  });

  it('hears no more of what was under way when it opened', async () => {
    const { clock, send, meet, fail, changes } = setUp();
    const late = [Promise.withResolvers<GraphReply>(), Promise.withResolvers<GraphReply>()];
    const under = late.map(({ promise }) => send(() => promise));
    await fail(10);
    late[0]!.resolve(reply(503));
    await under[0];
    await clock.advance(5_000);
    const probe = Promise.withResolvers<GraphReply>();
    const probing = send(() => probe.promise);
    late[1]!.resolve(reply(204));
    await under[1];
    expect(changes).toEqual(['open', 'half_open']);

    probe.resolve(reply(503));
    await probing;
    await clock.advance(9_999);
    expect(await meet(204)).toBe('circuit_open');
  });

  it('begins with a short rest again once it has been closed', async () => {
    const { clock, meet, fail } = setUp();
    await fail(10);
    await clock.advance(5_000);
    await fail(1);
    await clock.advance(10_000);
    await meet(204);

    await fail(10);
    await clock.advance(5_000);
    expect(await meet(204)).toBe(204);
  });
});
