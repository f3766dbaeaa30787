import { randomUUID } from 'node:crypto';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, jobPath, jobsPath, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver, verifiedEvents } from '../support/recorded-events.ts';

let interlock: Interlock;
let broker: BrokerProcess;
let token: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker();
  token = await interlock.hrPortal();
});
afterAll(() => interlock.stop());
beforeEach(() => {
  interlock.cloud.clearJournal();
});

const pause = (body: unknown = goodJustification, headers: Record<string, string> = {}, path = pausePath) =>
  call(broker.url + path, { method: 'POST', token, body, headers });
const events = async () => eventsOver(broker.url, await interlock.reviewer());
const eventsOf = async (requestId: unknown) =>
  (await events()).filter((event) => event.corr?.request_id === requestId || false);
const pausesAtGraph = () => interlock.cloud.journal({ operation: 'job.pause' });

describe('a pause that the policy allows', () => {
  it('answers 204 without content and the job is paused at Graph', async () => {
    const reply = await pause();

    expect([reply.status, reply.data]).toEqual([204, '']);
    expect(interlock.cloud.jobState(jobs.hrInbound)).toMatchObject({ kind: 'paused' });
  });

  it('has its intent in the log before Graph and its outcome after, with Graph’s request id', async () => {
    const reply = await pause();

    const recorded = await eventsOf(reply.headers['request-id']);
    const intent = recorded.find(({ type }) => type === 'pause.intent');
    const outcome = (await events()).find(({ type, parent }) => type === 'pause.outcome' && parent === intent?.id);
    expect(intent).toMatchObject({
      decision: 'allow',
      rule_id: 'hr-portal-may-hold-hr',
      ticket: { id: goodJustification.ticket },
      before: { schedule_state: 'Paused', status: 'Paused' },
    });
    expect(outcome).toMatchObject({ outcome: 'success', upstream: { status: 204, attempt: 1 } });
    expect(JSON.stringify(recorded)).not.toContain(goodJustification.reason);
  });

  it('sends Graph a bare POST that holds nothing of the caller’s', async () => {
    await pause(goodJustification, { 'client-request-id': randomUUID(), 'x-evil': 'forwarded?', cookie: 'a=b' });

    const [sent] = pausesAtGraph();
    expect(sent).toMatchObject({ method: 'POST', path: pausePath, query: '', bodyLength: 0, dangerous: false });
    expect(Object.keys(sent!.headers).sort()).toEqual(
      ['accept', 'authorization', 'client-request-id', 'connection', 'content-length', 'host', 'user-agent'].sort(),
    );
    expect(sent!.headers['content-length']).toBe('0');
  });

  it.each([
    [
      'headers',
      undefined,
      { 'interlock-reason': goodJustification.reason, 'interlock-ticket': goodJustification.ticket },
    ],
    ['both, when they are equal', goodJustification, { 'interlock-ticket': goodJustification.ticket }],
  ])('may be justified in %s', async (_, body, headers) => {
    expect((await pause(body, headers)).status).toBe(204);
  });

  it('echoes client-request-id and gives every reply a request-id', async () => {
    const id = randomUUID();
    const reply = await pause(goodJustification, { 'client-request-id': id });

    expect(reply.headers['client-request-id']).toBe(id);
    expect(reply.headers['request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a pause that the policy denies', () => {
  it('names what is missing, is recorded with its rule, and Graph hears nothing', async () => {
    const reply = await pause({ reason: goodJustification.reason });

    expect(reply.status).toBe(403);
    expect(reply.data).toMatchObject({
      error: {
        code: 'Authorization_RequestDenied',
        message: expect.stringContaining('ticket: must match CHG[0-9]{7}'),
        innerError: { code: 'requirement_missing', 'request-id': reply.headers['request-id'] },
      },
    });
    expect(await eventsOf(reply.headers['request-id'])).toMatchObject([
      {
        type: 'request.denied',
        decision: 'deny',
        deny_code: 'requirement_missing',
        rule_id: 'hr-portal-may-hold-hr',
      },
    ]);
    expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
  });

  it('is denied to a caller that the policy does not know', async () => {
    const stranger = await interlock.cloud.mintToken({ application: ids.stranger.appId, roles: ['Jobs.Pause'] });
    const reply = await call(broker.url + pausePath, { method: 'POST', token: stranger, body: goodJustification });

    expect(reply.status).toBe(403);
    expect(reply.code).toBe('no_matching_rule');
  });

  it('tells a caller without the right which scope it needs', async () => {
    const reader = await interlock.cloud.mintToken({ application: ids.hrPortal.appId, roles: ['Jobs.Read'] });
    const reply = await call(broker.url + pausePath, { method: 'POST', token: reader, body: goodJustification });

    expect(reply.status).toBe(403);
    expect(reply.headers['www-authenticate']).toMatch(/error="insufficient_scope".*scope="Jobs.Pause"/);
    expect(await eventsOf(reply.headers['request-id'])).toMatchObject([{ deny_code: 'insufficient_scope' }]);
  });

  it('records the same fields for a denial as for an intent', async () => {
    const denied = await pause({ reason: goodJustification.reason, ticket: 'INC1' });
    const allowed = await pause();
    const [denial] = await eventsOf(denied.headers['request-id']);
    const intent = (await eventsOf(allowed.headers['request-id'])).find(({ type }) => type === 'pause.intent');

    const own = ['deny_code', 'status', 'before', 'parent'];
    const fieldsOf = (event: object = {}) =>
      Object.keys(event)
        .filter((name) => !own.includes(name))
        .sort();
    expect(fieldsOf(denial)).toEqual(fieldsOf(intent));
  });
});

describe('a person', () => {
  const person = (wids: string[], scopes: string[]) =>
    interlock.cloud.mintToken({ kind: 'user', application: ids.console.appId, wids, scopes, roles: [] });
  const hybridIdentityAdministrator = '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2';

  it('with the directory role may pause through a client that has the scope', async () => {
    const token = await person([hybridIdentityAdministrator], ['Jobs.Pause']);

    expect((await call(broker.url + pausePath, { method: 'POST', token, body: goodJustification })).status).toBe(204);
  });

  it.each([
    ['without the directory role', [], ['Jobs.Pause'], 'no_matching_rule'],
    ['through a client without the scope', [hybridIdentityAdministrator], ['Jobs.Read'], 'insufficient_scope'],
  ])('%s may not', async (_, wids, scopes, code) => {
    const token = await person(wids, scopes);
    const reply = await call(broker.url + pausePath, { method: 'POST', token, body: goodJustification });

    expect([reply.status, reply.code]).toEqual([403, code]);
  });
});

describe('reading', () => {
  it('gives a job as Graph shows it', async () => {
    const reply = await call(broker.url + jobPath(jobs.hrInbound), { token });

    expect(reply.status).toBe(200);
    expect(reply.data).toMatchObject({ id: jobs.hrInbound.jobId, schedule: {}, status: {} });
  });

  it.each(['', '/'])('lists only the jobs that the caller may read (trailing "%s")', async (slash) => {
    const reply = await call(broker.url + jobsPath(jobs.scim.servicePrincipalId) + slash, { token });

    expect(reply.status).toBe(200);
    expect(reply.data).toMatchObject({ value: [{ id: jobs.scim.jobId }] });
    expect(reply.data).toHaveProperty('value.length', 1);
  });

  it('is denied for a service principal outside of the policy', async () => {
    expect((await call(broker.url + jobsPath(jobs.crossTenant.servicePrincipalId), { token })).status).toBe(403);
  });
});

describe('a dry run', () => {
  it('explains rule by rule, records no intent and does not call Graph', async () => {
    const before = await events();
    const reply = await pause({ reason: goodJustification.reason }, {}, `${pausePath}?dryRun=true`);

    expect(reply.status).toBe(200);
    expect(reply.data).toMatchObject({ effect: 'deny', code: 'requirement_missing', rule: 'hr-portal-may-hold-hr' });
    expect(reply.data).toHaveProperty('trace.length', 3);
    expect((await events()).length).toBe(before.length);
    expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
  });

  it('is not taken from a misspelt parameter: nothing is paused by mistake', async () => {
    const reply = await pause(goodJustification, {}, `${pausePath}?dryrun=true`);

    expect([reply.status, reply.code]).toEqual([400, 'query_not_allowed']);
    expect(pausesAtGraph()).toEqual([]);
  });
});

describe('trouble at Graph is not mistaken for the caller’s', () => {
  it('answers 502 with the remedy when Interlock does not own the target', async () => {
    const reply = await pause(goodJustification, {}, `${jobPath(jobs.notOwned)}/pause`);

    expect([reply.status, reply.code]).toEqual([502, 'graph_not_owned']);
    expect(reply.data).toHaveProperty('error.message', expect.stringContaining('owners of the enterprise application'));
    expect(reply.headers['www-authenticate']).toBeUndefined();
  });

  it('passes on 429 with Retry-After once Graph goes on throttling', async () => {
    const fault = interlock.cloud.injectFault({
      match: { operation: 'job.pause' },
      effect: { kind: 'throttle', retryAfter: { seconds: 120 } },
    });
    const reply = await pause();
    interlock.cloud.clearFaults({ id: fault });

    expect([reply.status, reply.headers['retry-after']]).toEqual([429, '120']);
  });

  it('answers 502 and records unknown when the connection breaks after the pause was applied', async () => {
    interlock.cloud.injectFault({
      match: { operation: 'job.pause' },
      times: 1,
      when: 'after',
      effect: { kind: 'reset' },
    });
    const reply = await pause();

    expect([reply.status, reply.code]).toEqual([502, 'outcome_unknown']);
    const intent = (await eventsOf(reply.headers['request-id'])).find(({ type }) => type === 'pause.intent');
    const outcome = (await events()).find(({ type, parent }) => type === 'pause.outcome' && parent === intent?.id);
    expect(outcome).toMatchObject({ outcome: 'unknown', outcome_reason: 'connection_lost' });
  });
});

describe('the log', () => {
  it('proves an entry by an inclusion proof that ends in the signed checkpoint', async () => {
    const reviewer = await interlock.reviewer();
    const proof = await call(`${broker.url}/api/audit/events/0/proof`, { token: reviewer });
    const checkpoint = await call(`${broker.url}/log/checkpoint`);

    expect(proof.data).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 0\n/);
    expect(checkpoint.data).toMatch(
      /^broker\.example\/audit\/test\n\d+\n[A-Za-z0-9+/]{43}=\n\n— broker\.example\/audit\/test /,
    );
  });

  it('is not for callers without Audit.Read', async () => {
    expect((await call(`${broker.url}/api/audit/events`, { token })).status).toBe(403);
  });
});

describe('after a stop', () => {
  it('the whole log derives again from its bytes, and the Graph token and the secret stand nowhere', async () => {
    expect(await broker.stop()).toBe(0);

    const recorded = await verifiedEvents(interlock.environment());
    expect(recorded.at(0)?.type).toBe('log.created');
    expect(recorded.at(-1)?.type).toBe('service.stopped');
    expect(broker.output() + JSON.stringify(recorded)).not.toMatch(/eyJ[A-Za-z0-9_-]{20,}|interlock-simulation-only/);
  });
});
