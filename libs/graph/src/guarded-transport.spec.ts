import { setImmediate } from 'node:timers/promises';
import type { EpochMillis } from '#kernel';
import { FakeClock } from '#testing';
import { AccessToken } from './access-token.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { Deadline } from './deadline.ts';
import { type GraphReply, type GraphRequest, GraphTransport, TransportFailure } from './graph-transport.ts';
import { GuardedTransport } from './guarded-transport.ts';

const token = AccessToken.received('token', 0 as EpochMillis, 1 as EpochMillis);
const endless = () => new Deadline(new FakeClock(), Number.MAX_SAFE_INTEGER as EpochMillis);
const request: GraphRequest = { method: 'POST', path: '/', token, clientRequestId: '1', freshConnection: false };
const done: GraphReply = { status: 204, headers: {}, body: Buffer.alloc(0) };

/** Answers when the test says so; as the real one, it knows whether what is given up was written. */
class SlowTransport extends GraphTransport {
  override readonly host = 'graph.example';
  readonly sent: PromiseWithResolvers<GraphReply>[] = [];
  closed = false;

  override send(_: GraphRequest, deadline: Deadline): Promise<GraphReply> {
    const answer = Promise.withResolvers<GraphReply>();
    this.sent.push(answer);
    deadline.hold({
      giveUp: () => {
        answer.reject(new TransportFailure('no_reply'));
      },
    });
    return answer.promise;
  }

  override close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

function setUp(limit = 2, queue = 1) {
  const carrier = new SlowTransport();
  const guarded = new GuardedTransport(carrier, new CircuitBreaker(new FakeClock()), { limit, queue });
  const send = (deadline = endless()) => guarded.send(request, deadline);
  return { carrier, guarded, send };
}

describe('GuardedTransport', () => {
  it('sends so many requests at a time and the next one when one has ended', async () => {
    const { carrier, send } = setUp();
    const sending = [send(), send(), send()];
    await setImmediate();
    expect(carrier.sent).toHaveLength(2);

    carrier.sent[0]!.resolve(done);
    await setImmediate();
    expect(carrier.sent).toHaveLength(3);
    for (const answer of carrier.sent) answer.resolve(done);
    expect(await Promise.all(sending)).toEqual([done, done, done]);
  });

  it('refuses what finds the queue full, without having sent it', async () => {
    const { carrier, send } = setUp();
    const waiting = [send(), send(), send()];

    await expect(send()).rejects.toMatchObject({ code: 'too_busy' });
    expect(carrier.sent).toHaveLength(2);
    for (let n = 0; n < 3; n += 1) {
      carrier.sent[n]!.resolve(done);
      await setImmediate();
    }
    await Promise.all(waiting);
  });

  it('gives up at once on what still waits for its turn, and never sends it', async () => {
    const { carrier, send } = setUp();
    const before = [send(), send()];
    const deadline = endless();
    const waiting = send(deadline);
    deadline.pass();

    await expect(waiting).rejects.toMatchObject({ code: 'never_sent' });
    for (const answer of carrier.sent) answer.resolve(done);
    await Promise.all(before);
    await setImmediate();
    expect(carrier.sent).toHaveLength(2);
  });

  it('leaves it to the carrier to say what became of a request that had its turn', async () => {
    const { send } = setUp();
    const deadline = endless();
    const under = send(deadline);
    await setImmediate();
    deadline.pass();

    await expect(under).rejects.toMatchObject({ code: 'no_reply' });
  });

  it('sends nothing when time is up already', async () => {
    const { carrier, send } = setUp();
    const deadline = endless();
    deadline.pass();

    await expect(send(deadline)).rejects.toMatchObject({ code: 'never_sent' });
    expect(carrier.sent).toEqual([]);
  });

  it('empties its queue while the circuit is open', async () => {
    const { carrier, send } = setUp(1, 20);
    const waiting = Array.from({ length: 12 }, () => send().catch((error: unknown) => error));
    for (let n = 0; n < 10; n += 1) {
      carrier.sent[n]!.reject(new TransportFailure('connection_lost'));
      await setImmediate();
    }
    expect((await Promise.all(waiting)).slice(-3)).toMatchObject([
      { code: 'connection_lost' },
      { code: 'circuit_open' },
      { code: 'circuit_open' },
    ]);
    expect(carrier.sent).toHaveLength(10);
  });

  it('closes its carrier', async () => {
    const { carrier, guarded } = setUp();
    await guarded.close();
    expect([carrier.closed, guarded.host]).toEqual([true, 'graph.example']);
  });
});
