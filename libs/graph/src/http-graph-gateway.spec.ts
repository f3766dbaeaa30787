import { setImmediate } from 'node:timers/promises';
import { v5 as uuidv5 } from 'uuid';
import { ClientId, type EpochMillis, type EventId, issueIntentReceipt, parseJobRef } from '#kernel';
import { FakeClock } from '#testing';
import { AccessToken } from './access-token.ts';
import { CredentialUnavailable } from './credential-unavailable.ts';
import type { Deadline } from './deadline.ts';
import { GraphCalls } from './graph-calls.ts';
import type { GraphResult } from './graph-gateway.ts';
import { GraphTokens } from './graph-tokens.ts';
import { type GraphReply, type GraphRequest, GraphTransport, TransportFailure } from './graph-transport.ts';
import { HttpGraphGateway } from './http-graph-gateway.ts';

const eventId = '01890a5d-ac96-774b-bcce-b302099a8057' as EventId;
const ref = parseJobRef('7b0b4a52-0000-4000-8000-000000000001', 'scim.1');
const jobs = '/v1.0/servicePrincipals/7b0b4a52-0000-4000-8000-000000000001/synchronization/jobs';
const job = { id: 'scim.1', schedule: { state: 'Active' }, status: { code: 'Active' }, extra: 1 };

type Step = GraphReply | TransportFailure['code'] | 'hang';
const unreachable = Array<Step>(50).fill('connect_failed');

function reply(status: number, body: unknown = '', headers: GraphReply['headers'] = {}): GraphReply {
  return { status, headers, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) };
}

const graphError = (status: number, code: string, headers?: GraphReply['headers']) =>
  reply(status, { error: { code, message: '' } }, headers);

/** Plays its steps and remembers what it was asked to send and when. */
class ScriptedTransport extends GraphTransport {
  override readonly host = 'graph.example';
  readonly seen: (GraphRequest & { readonly at: number })[] = [];
  readonly #steps: Step[];

  constructor(
    steps: readonly Step[],
    readonly clock: FakeClock,
  ) {
    super();
    this.#steps = [...steps];
  }

  override async send(request: GraphRequest, deadline: Deadline): Promise<GraphReply> {
    if (deadline.passed) throw new TransportFailure('never_sent');
    this.seen.push({ ...request, at: this.clock.now() });
    const step = this.#steps.shift() ?? 'hang';
    if (typeof step === 'object') return step;
    if (step !== 'hang') throw new TransportFailure(step);
    const { promise, reject } = Promise.withResolvers<never>();
    deadline.hold({
      giveUp: () => {
        reject(new TransportFailure('no_reply'));
      },
    });
    return promise;
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

class ScriptedTokens extends GraphTokens {
  current = AccessToken.received('first', 0 as EpochMillis, Number.MAX_SAFE_INTEGER as EpochMillis);
  renewals = 0;
  mode: 'new' | 'same' | 'down' | 'hang' = 'new';

  override token(): Promise<AccessToken> {
    if (this.mode === 'hang') return new Promise(() => undefined);
    return this.mode === 'down' && this.renewals === 0
      ? Promise.reject(new CredentialUnavailable('down'))
      : Promise.resolve(this.current);
  }

  override renew(): Promise<AccessToken> {
    this.renewals += 1;
    if (this.mode === 'down') return Promise.reject(new CredentialUnavailable('down'));
    if (this.mode === 'new') {
      this.current = AccessToken.received('second', 0 as EpochMillis, Number.MAX_SAFE_INTEGER as EpochMillis);
    }
    return Promise.resolve(this.current);
  }
}

function setUp(...steps: readonly Step[]) {
  return setUpAs(undefined, ...steps);
}

function setUpAs(ourself: ClientId | undefined, ...steps: readonly Step[]) {
  const clock = new FakeClock();
  const start = clock.now();
  const transport = new ScriptedTransport(steps, clock);
  const tokens = new ScriptedTokens();
  const gateway = new HttpGraphGateway(new GraphCalls({ transport, tokens, clock, random: () => 0.5 }), ourself);
  const call = { receipt: issueIntentReceipt(eventId, 0), deadline: (start + 10_000) as EpochMillis };
  /** Makes the call and lets time pass until it ends. */
  const make = async (action: 'pause' | 'start' | 'get' | 'list') => {
    const under: Promise<GraphResult<unknown>> =
      action === 'list' ? gateway.list(ref.servicePrincipalId, call) : gateway[action](ref, call);
    const over = new AbortController();
    void under.finally(() => {
      over.abort();
    });
    await setImmediate();
    while (!over.signal.aborted) {
      await clock.advance(250);
      await setImmediate();
    }
    return under;
  };
  const times = () => transport.seen.map(({ at }) => at - start);
  return { clock, transport, tokens, gateway, call, make, times };
}

const ends = {
  done: { kind: 'done' },
  notSent: (reason: string) => ({ kind: 'not_sent', reason }),
  unknown: (reason: string) => ({ kind: 'unknown', reason }),
  refused: (refusal: string) => ({ kind: 'refused', refusal }),
};

describe('HttpGraphGateway', () => {
  it.each(['pause', 'start', 'get', 'list'] as const)(
    'refuses to %s with a receipt that the audit log did not issue',
    async (action) => {
      const { gateway, call, transport, clock } = setUp();
      const forged = { ...call, receipt: { ...call.receipt } };
      const attempt = action === 'list' ? gateway.list(ref.servicePrincipalId, forged) : gateway[action](ref, forged);
      await expect(attempt).rejects.toThrow(TypeError);
      expect(transport.seen).toEqual([]);
      expect(clock.waiting).toBe(0);
    },
  );

  const graphs503 = graphError(503, 'ServiceNotAvailable');
  const pauseRows: readonly [string, Step[], object, number][] = [
    ['204', [reply(204)], ends.done, 1],
    ['401 twice', [graphError(401, 'UnknownError'), graphError(401, 'UnknownError')], ends.refused('not_owned'), 2],
    ['401, then 204', [graphError(401, 'InvalidAuthenticationToken'), reply(204)], ends.done, 2],
    ['401, 503, 401', [reply(401), graphs503, reply(401)], ends.refused('not_owned'), 3],
    ['409, then 204', [graphError(409, 'Directory_ConcurrencyViolation'), reply(204)], ends.done, 2],
    ['429 three times', [reply(429), reply(429), reply(429), reply(204)], ends.refused('throttled'), 3],
    ['503, then 204', [reply(503, '<html>'), reply(204)], ends.done, 2],
    ['500, which may have come after the effect', [reply(500), reply(204)], ends.unknown('server_error'), 1],
    ['a connection lost after sending', ['connection_lost', reply(204)], ends.unknown('connection_lost'), 1],
    ['no reply in time', ['hang'], ends.unknown('timeout'), 1],
    ['503 of a front end, three times', [reply(503), reply(503), reply(503)], ends.unknown('server_error'), 3],
    ['503 of a front end, then of Graph', [reply(503), graphs503, graphs503], ends.unknown('server_error'), 3],
    ['503 of a front end, then 404', [reply(503), reply(404)], ends.unknown('server_error'), 2],
    ['503, then a lost connection', [graphs503, 'connection_lost'], ends.unknown('connection_lost'), 2],
    ['503, then no connection', [graphs503, ...unreachable], ends.refused('unavailable'), 1],
    ['no connection at first', ['connect_failed', 'connect_failed', reply(204)], ends.done, 1],
    ['no connection until the deadline', unreachable, ends.notSent('connect_failed'), 0],
    ['an open circuit', ['circuit_open'], ends.notSent('circuit_open'), 0],
    ['503, then an open circuit', [graphs503, 'circuit_open'], ends.refused('unavailable'), 1],
    ['a full queue', ['too_busy'], ends.notSent('too_busy'), 0],
    ['time up while waiting for a connection', ['never_sent'], ends.notSent('deadline_exceeded'), 0],
  ];

  it.each(pauseRows)('pause, answered by %s', async (_name, steps, ending, attempts) => {
    const { make } = setUp(...steps);
    expect(await make('pause')).toMatchObject({ ...ending, evidence: { attempts } });
  });

  const startRows: readonly [string, Step[], object, number][] = [
    ['204', [reply(204)], ends.done, 1],
    ['429, then 204', [reply(429), reply(204)], ends.done, 2],
    ['503 in Graph’s words, then 204', [graphs503, reply(204)], ends.done, 2],
    ['503 in a front end’s words', [reply(503, '<html>'), reply(204)], ends.unknown('server_error'), 1],
    ['409', [graphError(409, 'Directory_ConcurrencyViolation'), reply(204)], ends.refused('conflict'), 1],
    ['500', [graphError(500, 'UnknownError'), reply(204)], ends.unknown('server_error'), 1],
    ['504', [graphError(504, 'GatewayTimeout'), reply(204)], ends.unknown('server_error'), 1],
    ['a connection lost after sending', ['connection_lost', reply(204)], ends.unknown('connection_lost'), 1],
    ['no reply in time', ['hang'], ends.unknown('timeout'), 1],
    ['no connection at first', ['connect_failed', reply(204)], ends.done, 1],
  ];

  it.each(startRows)('start, answered by %s', async (_name, steps, ending, attempts) => {
    const { make, transport } = setUp(...steps);
    expect(await make('start')).toMatchObject({ ...ending, evidence: { attempts } });
    expect(new Set(transport.seen.map(({ method, path }) => `${method} ${path}`))).toEqual(
      new Set([`POST ${jobs}/scim.1/start`]),
    );
  });

  const brokenOff: GraphReply = { status: 200, headers: {}, body: 'broken_off' };
  const readRows: readonly [string, Step[], object, number][] = [
    ['200 with the job', [reply(200, job)], { kind: 'done', value: job }, 1],
    ['200 with another job', [reply(200, { ...job, id: 'scim.2' })], ends.refused('malformed_reply'), 1],
    ['200 with half of the JSON', [reply(200, '{"id":"sc')], ends.refused('malformed_reply'), 1],
    ['a body broken off, then the job', [brokenOff, reply(200, job)], ends.done, 2],
    ['a lost connection, then the job', ['connection_lost', reply(200, job)], ends.done, 2],
    ['two lost connections', ['connection_lost', brokenOff, reply(200, job)], ends.unknown('connection_lost'), 2],
    ['500, 502, then the job', [reply(500), reply(502), reply(200, job)], ends.done, 3],
    ['504 three times', [reply(504), reply(504), reply(504), reply(200, job)], ends.refused('unavailable'), 3],
    ['no reply in time', ['hang'], ends.unknown('timeout'), 1],
  ];

  it.each(readRows)('get, answered by %s', async (_name, steps, ending, attempts) => {
    const { make } = setUp(...steps);
    expect(await make('get')).toMatchObject({ ...ending, evidence: { attempts } });
  });

  it('sends nothing once the deadline has passed', async () => {
    const { gateway, call, clock, transport } = setUp(reply(204));
    await clock.advance(10_000);
    expect(await gateway.pause(ref, call)).toMatchObject({
      ...ends.notSent('deadline_exceeded'),
      evidence: { attempts: 0 },
    });
    expect(transport.seen).toEqual([]);
  });

  describe('with the token', () => {
    it.each([
      ['down', ends.notSent('credential_unavailable')],
      ['hang', ends.notSent('deadline_exceeded')],
    ] as const)('sends nothing while Entra is %s', async (mode, ending) => {
      const { make, tokens, transport } = setUp(reply(204));
      tokens.mode = mode;
      expect(await make('pause')).toMatchObject({ ...ending, evidence: { attempts: 0 } });
      expect(transport.seen).toEqual([]);
    });

    it('tries a renewed token once, at once', async () => {
      const { make, tokens, transport, times } = setUp(reply(401), reply(401), reply(204));
      await make('pause');
      expect(transport.seen.map(({ token }) => token.authorization())).toEqual(['Bearer first', 'Bearer second']);
      expect(tokens.renewals).toBe(1);
      expect(times()).toEqual([0, 0]);
    });

    it('takes a 401 for missing ownership when there is no newer token', async () => {
      const { make, tokens } = setUp(reply(401), reply(204));
      tokens.mode = 'same';
      expect(await make('pause')).toMatchObject({
        ...ends.refused('not_owned'),
        evidence: { attempts: 1, status: 401 },
      });
    });

    it('does not claim missing ownership when no new token could be had', async () => {
      const { make, tokens } = setUp(reply(401), reply(204));
      tokens.renewals = 1;
      tokens.mode = 'down';
      expect(await make('pause')).toMatchObject(ends.refused('unavailable'));
    });
  });

  describe('refused by 401 twice, knowing its own app', () => {
    const ourself = ClientId.parse('a0000000-0000-4000-8000-00000000000f', 'client');
    const refusedThen = (...steps: Step[]) => setUpAs(ourself, reply(401), graphError(401, 'UnknownError'), ...steps);
    const owners = (...appIds: string[]) => reply(200, { value: appIds.map((appId) => ({ id: '1', appId })) });

    it.each([
      ['missing ownership', owners('another'), ends.refused('not_owned'), 3],
      ['a missing permission', owners(ourself), ends.refused('forbidden'), 3],
      ['ownership when the owners stay unknown', 'connect_failed', ends.refused('not_owned'), 2],
      ['ownership when the look is lost', 'connection_lost', ends.refused('not_owned'), 3],
      ['ownership when time is up', 'hang', ends.refused('not_owned'), 3],
    ] as const)('tells %s, with the evidence of the call itself', async (_name, step, ending, attempts) => {
      const { make, transport } = refusedThen(step);
      expect(await make('start')).toMatchObject({
        ...ending,
        evidence: { attempts, status: 401, errorCode: 'UnknownError', clientRequestId: uuidv5('2', eventId) },
      });
      expect(transport.seen.map(({ method, path }) => `${method} ${path}`).at(-1)).toBe(
        `GET /v1.0/servicePrincipals/${ref.servicePrincipalId}/owners?$select=id,appId&$top=999`,
      );
      expect(transport.seen.at(-1)?.clientRequestId).toBe(uuidv5('3', eventId));
    });

    it('does not look when Graph says clearly what it is', async () => {
      const { make, transport } = setUpAs(ourself, reply(403));
      expect(await make('pause')).toMatchObject(ends.refused('forbidden'));
      expect(transport.seen).toHaveLength(1);
    });
  });

  describe('with Retry-After', () => {
    it.each([
      ['seconds', { 'retry-after': '3' }, [0, 3000]],
      ['a date', { 'retry-after': 'Mon, 05 Jan 2026 09:00:04 GMT' }, [0, 4000]],
      ['none: backs off', {}, [0, 275]],
      ['zero: backs off', { 'retry-after': '0' }, [0, 275]],
      ['nonsense: backs off', { 'retry-after': 'soon' }, [0, 275]],
      ['longer than the deadline: gives up', { 'retry-after': '10' }, [0]],
      ['absurdly long: gives up', { 'retry-after': '99999999' }, [0]],
    ])('of %s', async (_name, headers, sentAt) => {
      const { make, times } = setUp(reply(429, '', headers), reply(204));
      await make('pause');
      expect(times()).toEqual(sentAt);
    });

    it('hands on at once how long Graph wants us to wait, at most an hour', async () => {
      const { make } = setUp(reply(429, '', { 'retry-after': '99999999' }));
      expect(await make('get')).toMatchObject({
        ...ends.refused('throttled'),
        evidence: { retryAfterMs: 3_600_000, latencyMs: 0 },
      });
    });

    it('uses a new connection for every repeat but that of a 401', async () => {
      const { make, transport } = setUp(reply(401), reply(503), reply(204));
      await make('pause');
      expect(transport.seen.map(({ freshConnection }) => freshConnection)).toEqual([false, false, true]);
    });
  });

  describe('list', () => {
    const page = (id: string, query?: string, root = 'https://graph.example') =>
      reply(200, {
        '@odata.context': `context of ${id}`,
        value: [{ ...job, id }],
        ...(query !== undefined && { '@odata.nextLink': `${root}${jobs}?${query}` }),
      });

    it('gathers all pages in order, with the first context', async () => {
      const { make, transport } = setUp(page('a', '$skiptoken=1'), reply(503), page('b', '$skiptoken=2'), page('c'));
      const result = await make('list');
      expect(result).toMatchObject({
        kind: 'done',
        value: { context: 'context of a', jobs: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] },
        evidence: { attempts: 4 },
      });
      expect(transport.seen.map(({ path }) => path.slice(jobs.length))).toEqual([
        '',
        '?$skiptoken=1',
        '?$skiptoken=1',
        '?$skiptoken=2',
      ]);
    });

    it('takes no token to a link that leads elsewhere', async () => {
      const { make, transport } = setUp(page('a', 'x', 'https://evil.example'), page('b'));
      expect(await make('list')).toMatchObject(ends.refused('malformed_reply'));
      expect(transport.seen).toHaveLength(1);
    });

    it('does not follow links for ever, nor pass part of a list for the whole', async () => {
      const endless = setUp(...Array.from({ length: 30 }, (_, index) => page('a', `$skiptoken=${index}`)));
      expect(await endless.make('list')).toMatchObject(ends.refused('malformed_reply'));
      expect(endless.transport.seen).toHaveLength(20);
      const broken = setUp(page('a', 'x'), reply(404));
      expect(await broken.make('list')).toMatchObject(ends.refused('not_found'));
      const cutOff = setUp(page('a', 'x'), ...unreachable);
      expect(await cutOff.make('list')).toMatchObject({
        ...ends.unknown('connection_lost'),
        evidence: { attempts: 1 },
      });
    });
  });

  it('counts and numbers the attempts that were sent', async () => {
    const { make, transport } = setUp(
      'connect_failed',
      reply(503, '', { 'retry-after': '2' }),
      graphError(404, 'Gone'),
    );
    const { evidence } = await make('pause');
    expect(evidence).toMatchObject({ method: 'POST', host: 'graph.example', attempts: 2, errorCode: 'Gone' });
    expect(evidence.latencyMs).toBe(2275);
    const ids = ['1', '1', '2'].map((attempt) => uuidv5(attempt, eventId));
    expect(transport.seen.map(({ clientRequestId }) => clientRequestId)).toEqual(ids);
  });
});
