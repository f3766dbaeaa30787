import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultPlan } from '../../apps/simulator/src/http/fault.ts';
import type { JobState } from '../../apps/simulator/src/world/job-state.ts';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { z } from 'zod';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, jobPath } from '../support/interlock.ts';
import { eventsOver, verifiedEvents } from '../support/recorded-events.ts';
import { startPolicy } from '../support/start-policy.ts';

type Ref = { readonly servicePrincipalId: string; readonly jobId: string };

let interlock: Interlock;
let broker: BrokerProcess;
let token: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  const policy = join(interlock.folder, 'start-policy.yaml');
  writeFileSync(policy, startPolicy);
  broker = await interlock.broker({ INTERLOCK_POLICY: policy });
  token = await interlock.cloud.mintToken({
    application: ids.hrPortal.appId,
    roles: ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'],
  });
});
afterAll(() => interlock.stop());
beforeEach(() => {
  interlock.cloud.clearFaults();
  interlock.cloud.clearJournal();
});

const set = (job: Ref, state: z.input<typeof JobState>) => {
  interlock.cloud.setJobState({ ...job, state });
};
const post = (job: Ref, action: 'start' | 'pause', body: unknown = { ticket: 'CHG0000001' }) =>
  call(`${broker.url}${jobPath(job)}/${action}`, { method: 'POST', token, body });
const sent = () => interlock.cloud.journal({ service: 'graph' }).map(({ operation }) => operation);
// A token that was renewed moments ago is not renewed for the next 401, so how often a refused call is sent varies.
const kindsSent = () => [...new Set(sent())];
const typesOf = async (requestId: unknown) => {
  const events = await eventsOver(broker.url, await interlock.reviewer());
  const own = events.filter(({ corr }) => corr?.request_id === requestId);
  return events
    .filter(({ id, parent }) => own.some((event) => event.id === id || event.id === parent))
    .map(({ type, outcome, deny_code }) => [type, outcome ?? deny_code].filter(Boolean).join(' '));
};
const readFirst = ['read.intent', 'read.outcome success'];

describe('a start', () => {
  it.each([
    ['paused', { kind: 'paused', hasRun: true }, 'active'],
    ['disabled by Graph', { kind: 'disabled' }, 'active'],
    ['never started', { kind: 'created' }, 'scheduled'],
  ] as const)('of a job that is %s reads it, starts it, and answers 204', async (_name, state, after) => {
    set(jobs.hrInbound, state);
    const reply = await post(jobs.hrInbound, 'start');

    expect([reply.status, reply.data]).toEqual([204, '']);
    expect(sent()).toEqual(['job.get', 'job.start']);
    expect(interlock.cloud.jobState(jobs.hrInbound)).toMatchObject({ kind: after });
    expect(await typesOf(reply.headers['request-id'])).toEqual([...readFirst, 'start.intent', 'start.outcome success']);
  });

  it.each([
    ['running', { kind: 'active' }, 'job_running', 'not stopped'],
    ['waiting for its first run', { kind: 'scheduled' }, 'job_running', 'not stopped'],
    [
      'in quarantine',
      { kind: 'quarantined', quarantine: { reason: 'TooManyDeletes' } },
      'job_quarantined',
      'TooManyDeletes',
    ],
    [
      'paused in quarantine',
      { kind: 'paused', quarantine: { reason: 'TooManyDeletes' } },
      'job_quarantined',
      'TooManyDeletes',
    ],
  ] as const)(
    'of a job that is %s answers 409, is recorded, and Graph is only asked to show it',
    async (_name, state, code, words) => {
      set(jobs.hrInbound, state);
      const reply = await post(jobs.hrInbound, 'start');

      expect([reply.status, reply.code]).toEqual([409, code]);
      expect(reply.data).toHaveProperty('error.message', expect.stringContaining(words));
      expect(sent()).toEqual(['job.get']);
      expect(await typesOf(reply.headers['request-id'])).toEqual([...readFirst, `request.denied ${code}`]);
    },
  );

  it.each([
    ['quarantined', { kind: 'quarantined' }, 204],
    ['paused in quarantine', { kind: 'paused', quarantine: {} }, 204],
    ['running', { kind: 'active' }, 409],
  ] as const)('under a rule with startQuarantined of a job that is %s', async (_name, state, status) => {
    set(jobs.quarantined, state);

    expect((await post(jobs.quarantined, 'start', {})).status).toBe(status);
    expect(interlock.cloud.jobState(jobs.quarantined).kind).toBe('active');
  });

  it('that the policy denies does not even read the job', async () => {
    const reply = await post(jobs.hrInbound, 'start', {});

    expect([reply.status, reply.code]).toEqual([403, 'requirement_missing']);
    expect(sent()).toEqual([]);
  });

  it('needs the right Jobs.Start', async () => {
    const other = await interlock.hrPortal();
    const reply = await call(`${broker.url}${jobPath(jobs.hrInbound)}/start`, { method: 'POST', token: other });

    expect([reply.status, reply.code]).toEqual([403, 'insufficient_scope']);
  });
});

describe('a start in trouble', () => {
  type Fault = Omit<z.input<typeof FaultPlan>, 'match'>;
  const html = { kind: 'error', status: 503, body: 'html' } as const;
  const graphs = (status: number) => ({ kind: 'error', status }) as const;

  it.each<[string, Fault, number, string | undefined, number, string]>([
    [
      'throttled once',
      { times: 1, effect: { kind: 'throttle', retryAfter: { seconds: 1 } } },
      204,
      undefined,
      2,
      'start.outcome success',
    ],
    ['Graph unavailable once', { times: 1, effect: graphs(503) }, 204, undefined, 2, 'start.outcome success'],
    ['a front end unavailable', { times: 1, effect: html }, 502, 'outcome_unknown', 1, 'start.outcome unknown'],
    ['a 500', { times: 1, effect: graphs(500) }, 502, 'outcome_unknown', 1, 'start.outcome unknown'],
    [
      'a 504 after it was applied',
      { times: 1, when: 'after', effect: graphs(504) },
      502,
      'outcome_unknown',
      1,
      'start.outcome unknown',
    ],
    [
      'a reset after it was applied',
      { times: 1, when: 'after', effect: { kind: 'reset' } },
      502,
      'outcome_unknown',
      1,
      'start.outcome unknown',
    ],
    ['a conflict', { times: 1, effect: graphs(409) }, 409, 'graph_conflict', 1, 'start.outcome failure'],
    [
      'a long throttling',
      { effect: { kind: 'throttle', retryAfter: { seconds: 90 } } },
      429,
      'graph_throttled',
      1,
      'start.outcome failure',
    ],
  ])('%s', async (_name, fault, status, code, starts, outcome) => {
    set(jobs.hrInbound, { kind: 'paused' });
    interlock.cloud.injectFault({ match: { operation: 'job.start' }, ...fault });
    const reply = await post(jobs.hrInbound, 'start');

    expect([reply.status, reply.code]).toEqual([status, code]);
    expect(sent().filter((operation) => operation === 'job.start')).toHaveLength(starts);
    expect((await typesOf(reply.headers['request-id'])).at(-1)).toBe(outcome);
  });

  it.each<[string, Fault, number, string]>([
    ['fails', { effect: graphs(404) }, 404, 'graph_not_found'],
    ['is lost again and again', { effect: { kind: 'reset' } }, 503, 'state_unread'],
    ['shows no job', { effect: { kind: 'raw', body: '{}' } }, 502, 'graph_malformed_reply'],
  ])('is not sent when the read before it %s', async (_name, fault, status, code) => {
    set(jobs.hrInbound, { kind: 'paused' });
    interlock.cloud.injectFault({ match: { operation: 'job.get' }, ...fault });
    const reply = await post(jobs.hrInbound, 'start');

    expect([reply.status, reply.code]).toEqual([status, code]);
    expect(sent()).not.toContain('job.start');
    expect(interlock.cloud.jobState(jobs.hrInbound).kind).toBe('paused');
  });

  it('of what Interlock does not own says so, as 502', async () => {
    const reply = await post(jobs.notOwned, 'start');

    expect([reply.status, reply.code]).toEqual([502, 'graph_not_owned']);
    expect(kindsSent()).toEqual(['job.get', 'principal.owners']);
  });

  it('of what Interlock owns and yet is refused is told as the missing permission that it is', async () => {
    set(jobs.hrInbound, { kind: 'paused' });
    interlock.cloud.injectFault({
      match: { operation: 'job.start' },
      effect: { kind: 'error', status: 401, body: 'empty' },
    });
    const reply = await post(jobs.hrInbound, 'start');

    expect([reply.status, reply.code]).toEqual([502, 'graph_forbidden']);
    expect(kindsSent()).toEqual(['job.get', 'job.start', 'principal.owners']);
    expect(interlock.cloud.journal({ dangerous: true })).toEqual([]);
  });
});

describe('the log', () => {
  it('has exactly one outcome for each intent, and derives again from its bytes', async () => {
    expect(await broker.stop()).toBe(0);
    const events = await verifiedEvents(interlock.environment());
    const intents = events.filter(({ type }) => type.endsWith('.intent'));
    const outcomes = events.filter(({ type }) => type.endsWith('.outcome'));

    expect(intents.length).toBeGreaterThan(20);
    expect(outcomes.map(({ parent }) => parent).toSorted()).toEqual(intents.map(({ id }) => id).toSorted());
  });
});
