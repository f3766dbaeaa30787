import { randomUUID } from 'node:crypto';
import { rights } from '#kernel';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call, type Reply } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { committedRoutes, routeOf } from '../support/route-table.ts';
import { eventsOver } from '../support/recorded-events.ts';

let interlock: Interlock;
let postgres: TestPostgres;
let replicas: readonly [BrokerProcess, BrokerProcess];
let token: string;
/** The key of a request that was answered before the second replica was there. */
const before = randomUUID();

beforeAll(async () => {
  [interlock, postgres] = await Promise.all([Interlock.start(), startPostgres()]);
  token = await interlock.hrPortal();
  const first = await broker();
  expect((await pause(before, { at: first })).status).toBe(204);
  replicas = [first, await broker()];
});
afterAll(async () => {
  await interlock.stop();
  await postgres.stop();
});
beforeEach(() => {
  interlock.cloud.reset();
});

const broker = () => interlock.broker({ DATABASE_URL: postgres.url });
const calls = () => interlock.cloud.journal({ operation: 'job.pause' }).length;

interface Holds {
  readonly items: readonly { readonly id: string }[];
}

interface Again {
  readonly at?: BrokerProcess;
  readonly token?: string;
  readonly body?: unknown;
  readonly path?: string;
}

function pause(key: string, { at = replicas[0], path = pausePath, body = goodJustification, ...more }: Again = {}) {
  return call(at.url + path, { method: 'POST', token, body, headers: { 'idempotency-key': key }, ...more });
}

/** Does what a client does that is told that the first request is under way. */
async function pauseUntilAnswered(key: string, again: Again): Promise<Reply> {
  const reply = await pause(key, again);
  return reply.code === 'idempotency_in_flight' ? pauseUntilAnswered(key, again) : reply;
}

const replayed = ({ headers }: Reply) => headers['idempotency-replayed'];
const events = async (key: { readonly type: string }) =>
  (await eventsOver(replicas[0].url, await interlock.reviewer())).filter(({ type }) => type === key.type);
const claims = () => postgres.sql('select * from idempotency_claim');

describe('requests with one Idempotency-Key', () => {
  it('are one call of Graph and fifty equal replies, over two replicas at once', async () => {
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, at) => pauseUntilAnswered(key, { at: replicas[at % 2 ? 1 : 0] })),
    );

    expect(calls()).toBe(1);
    expect(replies.map(({ status, data }) => [status, data])).toEqual(replies.map(() => [204, '']));
    expect(replies.filter((reply) => replayed(reply) === 'true')).toHaveLength(49);
    const [, intent, ...more] = await events({ type: 'pause.intent' });
    expect(more).toEqual([]);
    const repeats = await events({ type: 'request.replayed' });
    expect(repeats).toHaveLength(49);
    expect(new Set(repeats.map(({ parent }) => parent))).toEqual(new Set([intent?.id]));
    const made = await claims();
    expect(made).toHaveLength(2);
    const claim = made.find(({ event }) => event === intent?.id);
    expect(claim).toBeDefined();
    expect(intent?.corr).toMatchObject({ idem_key_hash: claim?.['id'] });
  });

  it('are remembered by a broker that was not there then', async () => {
    expect(replayed(await pause(before, { at: replicas[1] }))).toBe('true');
    expect(calls()).toBe(0);
  });

  it('are another request for another caller or another job, and none with another body', async () => {
    const key = randomUUID();
    expect((await pause(key)).status).toBe(204);
    const stranger = await interlock.cloud.mintToken({ application: ids.console.appId, roles: ['Jobs.Pause'] });
    expect(await pause(key, { token: stranger })).toMatchObject({ status: 403, code: 'no_matching_rule' });
    expect(replayed(await pause(key, { path: '/api/jobs/hr-inbound/pause' }))).toBeUndefined();
    const other = await pause(key, { body: { ...goodJustification, reason: 'Another reason altogether' } });
    expect(other).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
    expect(replayed(await pause(key, { at: replicas[1] }))).toBe('true');
  });

  it('give the first reply to whoever asks after it, or say that it is under way', async () => {
    const arrived = interlock.cloud.whenArrived({ operation: 'job.pause', count: 1 });
    const fault = interlock.cloud.injectFault({ match: { operation: 'job.pause' }, delay: 'until-cleared' });
    const key = randomUUID();
    const first = pause(key);
    await arrived;
    const early = await pause(key, { at: replicas[1] });
    expect(early).toMatchObject({ status: 409, code: 'idempotency_in_flight' });
    expect(early.headers['retry-after']).toBe('2');
    interlock.cloud.clearFaults({ id: fault });

    expect(replayed(await first)).toBeUndefined();
    expect(await pause(key, { at: replicas[1] })).toMatchObject({
      status: 204,
      headers: { 'idempotency-replayed': 'true' },
    });
    expect(calls()).toBe(1);
  });

  it('are answered when the first one’s client went away before its reply', async () => {
    const arrived = interlock.cloud.whenArrived({ operation: 'job.pause', count: 1 });
    interlock.cloud.injectFault({ match: { operation: 'job.pause' }, delay: 'until-cleared' });
    const key = randomUUID();
    const leaving = new AbortController();
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    };
    const body = JSON.stringify(goodJustification);
    const left = fetch(replicas[0].url + pausePath, { method: 'POST', headers, body, signal: leaving.signal });
    await arrived;
    leaving.abort();
    await expect(left).rejects.toThrow();
    interlock.cloud.clearFaults();

    const reply = await pauseUntilAnswered(key, { at: replicas[1] });
    expect([reply.status, replayed(reply), calls()]).toEqual([204, 'true', 1]);
  });

  it('give up a hold once, and tell the same of it each time', async () => {
    expect((await pause(randomUUID())).status).toBe(204);
    const holds = (await call(`${replicas[0].url}/api/holds?state=open`, { token })).data as Holds;
    const url = `${replicas[1].url}/api/holds/${holds.items[0]?.id}`;
    const release = { method: 'DELETE', token, headers: { 'idempotency-key': randomUUID() } };
    const [first, again] = [await call(url, release), await call(url, release)];
    expect(first).toMatchObject({ status: 200, data: { id: holds.items[0]?.id } });
    expect([again.status, again.data, replayed(again)]).toEqual([200, first.data, 'true']);
    const ends = (await events({ type: 'hold.ended' })).filter(({ parent }) => parent === holds.items[0]?.id);
    expect(ends).toHaveLength(1);
  });

  it('replay what Graph refused, with its body, and try again what nothing came of', async () => {
    const key = randomUUID();
    interlock.cloud.injectFault({
      match: { operation: 'job.pause' },
      times: 1,
      effect: { kind: 'throttle', retryAfter: { seconds: 60 } },
    });
    expect(await pause(key)).toMatchObject({ status: 429, code: 'graph_throttled' });
    interlock.cloud.injectFault({
      match: { operation: 'job.pause' },
      times: 1,
      effect: { kind: 'error', status: 404 },
    });
    const refused = await pause(key);
    expect(refused).toMatchObject({ status: 404, code: 'graph_not_found' });
    const again = await pause(key, { at: replicas[1] });
    expect([again.status, again.data, replayed(again)]).toEqual([404, refused.data, 'true']);
    expect(again.headers['content-type']).toBe(refused.headers['content-type']);
    expect(calls()).toBe(2);
  });

  it('do not remember a dry run, a malformed key or a denial', async () => {
    const key = randomUUID();
    expect((await pause(key, { path: `${pausePath}?dryRun=true` })).status).toBe(200);
    expect(await pause(key, { body: {} })).toMatchObject({ status: 403, code: 'requirement_missing' });
    expect(await pause('"')).toMatchObject({ status: 400, code: 'idempotency_key_malformed' });
    const first = await pause(key);
    expect([first.status, replayed(first)]).toEqual([204, undefined]);
    expect(replayed(await pause(`"${key}"`))).toBe('true');
    const kept = JSON.stringify(await claims());
    for (const secret of [key, goodJustification.reason, ids.hrPortal.appId]) expect(kept).not.toContain(secret);
  });

  it('are answered from the log when only the reply was lost', async () => {
    const [done, refused] = [randomUUID(), randomUUID()];
    expect((await pause(done)).status).toBe(204);
    interlock.cloud.injectFault({
      match: { operation: 'job.pause' },
      times: 1,
      effect: { kind: 'error', status: 404 },
    });
    expect((await pause(refused)).status).toBe(404);
    const [first, second] = (await events({ type: 'pause.intent' })).slice(-2);
    await postgres.sql('update idempotency_claim set lease_until = 0, reply = null');

    const replies = [await pause(done), await pause(refused, { at: replicas[1] })];
    expect(replies.map((reply) => [reply.status, reply.code, replayed(reply)])).toEqual([
      [204, undefined, 'true'],
      [404, 'graph_not_found', 'true'],
    ]);
    expect(JSON.stringify(replies[1]?.data)).toContain(second?.id);
    expect(calls()).toBe(2);
    const repeats = (await events({ type: 'request.replayed' })).slice(-2);
    expect(repeats.map(({ parent }) => parent)).toEqual([first?.id, second?.id]);
  });

  it('put one review on record, also when its reply was lost', async () => {
    const reviewer = await interlock.reviewer();
    const [path, key] = ['/api/audit/reviews', randomUUID()];
    const first = await pause(key, { token: reviewer, path, body: { index: 0 } });
    expect(await pause(key, { token: reviewer, path, body: { index: 0 } })).toMatchObject({
      status: 201,
      data: first.data,
    });
    await postgres.sql('update idempotency_claim set lease_until = 0, reply = null');
    const late = await pause(key, { token: reviewer, path, body: { index: 0 } });
    expect([late.status, replayed(late)]).toEqual([204, 'true']);
    expect(await events({ type: 'audit.reviewed' })).toHaveLength(1);
  });

  it('are so on every route that changes something', async () => {
    const reads = ['/api/policy/diff', '/api/policy/explain', '/api/audit/evidence'];
    const changes = committedRoutes()
      .map(routeOf)
      // Without a console nobody has a session, so there is none to end.
      .filter(({ method, path }) => method !== 'GET' && !reads.includes(path) && !path.startsWith('/session/'));
    expect(changes.length).toBeGreaterThanOrEqual(8);
    const all = await interlock.cloud.mintToken({ application: ids.console.appId, roles: [...rights] });
    for (const { method, path } of changes) {
      const url = replicas[0].url + path.replaceAll(/:\w+/g, randomUUID());
      const reply = await call(url, { method, token: all, headers: { 'idempotency-key': '"' } });
      expect({ path, code: reply.code }).toEqual({ path, code: 'idempotency_key_malformed' });
    }
  });

  it('are answered from the log when a broker dies over them', async () => {
    const doomed = replicas[1];
    const arrived = interlock.cloud.whenArrived({ operation: 'job.pause', count: 1 });
    interlock.cloud.injectFault({ match: { operation: 'job.pause' }, when: 'after', delay: 'until-cleared' });
    const key = randomUUID();
    const lost = pause(key, { at: doomed }).catch(() => 'no reply');
    await arrived;
    await doomed.kill();
    expect(await lost).toBe('no reply');
    interlock.cloud.clearFaults();
    // Nor can anybody find out meanwhile.
    interlock.cloud.injectFault({ match: { operation: 'job.get' }, effect: { kind: 'error', status: 503 } });
    await postgres.sql('update idempotency_claim set lease_until = 0 where reply is null');

    const intent = (await events({ type: 'pause.intent' })).at(-1);
    const reply = await pause(key);
    expect(reply).toMatchObject({ status: 502, code: 'outcome_unknown', headers: { 'idempotency-replayed': 'true' } });
    expect(JSON.stringify(reply.data)).toContain(intent?.id);
    expect(calls()).toBe(1);
    expect(interlock.cloud.jobState(jobs.hrInbound)).toMatchObject({ kind: 'paused' });
  });
});
