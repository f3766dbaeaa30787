import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { JobState } from '../../apps/simulator/src/world/job-state.ts';
import { breath } from '../support/breath.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call, type Reply } from '../support/http-client.ts';
import { Interlock, jobPath } from '../support/interlock.ts';
import { eventsOver } from '../support/recorded-events.ts';

const job = jobs.hrInbound;
const policy = `
version: 1
jobs:
  hr-inbound: { servicePrincipalId: ${job.servicePrincipalId}, jobId: ${job.jobId} }
  scim: { servicePrincipalId: ${jobs.scim.servicePrincipalId}, jobId: ${jobs.scim.jobId} }
  scim-draft: { servicePrincipalId: ${jobs.scimDraft.servicePrincipalId}, jobId: ${jobs.scimDraft.jobId} }
  cross-tenant: { servicePrincipalId: ${jobs.crossTenant.servicePrincipalId}, jobId: ${jobs.crossTenant.jobId} }
  quarantined: { servicePrincipalId: ${jobs.quarantined.servicePrincipalId}, jobId: ${jobs.quarantined.jobId} }
callers:
  hr-portal: { tenant: ${ids.tenant}, application: ${ids.hrPortal.appId} }
  ops: { tenant: ${ids.tenant}, application: ${ids.console.appId} }
rules:
  - id: both-may-hold
    effect: allow
    callers: [hr-portal, ops]
    actions: [pause, start]
    jobs: [hr-inbound]
  - id: portal-may-hold-others
    effect: allow
    callers: [hr-portal]
    actions: [pause, start]
    jobs: [scim-draft, cross-tenant, quarantined]
  - id: portal-may-read
    effect: allow
    callers: [hr-portal]
    actions: [read]
    jobs: [hr-inbound, scim]
  - id: portal-may-hold-scim-for-an-hour
    effect: allow
    callers: [hr-portal]
    actions: [pause]
    jobs: [scim]
    require: { maxDuration: PT1H, ticket: { pattern: "CHG[0-9]+" } }
  - id: nobody-starts-scim
    effect: deny
    actions: [start]
    jobs: [scim]
`;

let interlock: Interlock;
let policyFile: string;
let broker: BrokerProcess;
let portal: string;
let ops: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  policyFile = join(interlock.folder, 'holds-policy.yaml');
  writeFileSync(policyFile, policy);
  broker = await interlock.broker({ INTERLOCK_POLICY: policyFile });
  const roles = ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'];
  portal = await interlock.cloud.mintToken({ application: ids.hrPortal.appId, roles });
  ops = await interlock.cloud.mintToken({ application: ids.console.appId, roles: roles.slice(1) });
});
afterAll(() => interlock.stop());
beforeEach(() => {
  interlock.cloud.reset();
});
afterEach(async () => {
  const admin = await interlock.cloud.mintToken({ application: ids.console.appId, roles: ['Holds.Override'] });
  for (const { id } of (await list(admin, '')).items) await release(id, admin, { reason: 'end of the test' });
});

interface View {
  readonly id: string;
  readonly state: string;
  readonly cause?: string;
  readonly until?: string;
}

const api = (path: string, token: string, method = 'GET', body?: unknown): Promise<Reply> =>
  call(`${broker.url}/api/holds${path}`, { method, token, ...(body !== undefined && { body }) });
const list = async (token: string, query: string) => (await api(query, token)).data as { readonly items: View[] };
const release = (id: string, token: string, body?: unknown) => api(`/${id}`, token, 'DELETE', body);
const set = (of: typeof job, state: z.input<typeof JobState>) => {
  interlock.cloud.setJobState({ ...of, state });
};
const stateAtGraph = () => interlock.cloud.jobState(job).kind;
const post = (action: 'pause' | 'start', token: string, body: unknown = {}, of = job) =>
  call(`${broker.url}${jobPath(of)}/${action}`, { method: 'POST', token, body });

/** Pauses the job and gives the hold that this made. */
async function hold(token: string, body: unknown = {}, of = job): Promise<View> {
  expect((await post('pause', token, body, of)).status).toBe(204);
  const ofJob = `?servicePrincipalId=${of.servicePrincipalId}&jobId=${of.jobId}`;
  const own = (await list(token, ofJob)).items.find((item) => (item as View & { readonly own: boolean }).own);
  if (own === undefined) throw new Error('the pause made no hold');
  return own;
}

/** The hold once it has ended. */
async function ended(id: string, token: string): Promise<View> {
  for (;;) {
    const view = (await api(`/${id}`, token)).data as View;
    if (!['held', 'resuming'].includes(view.state)) return view;
    await breath();
  }
}

describe('two holds of one job', () => {
  it('keep it paused until the last one is given up', async () => {
    const first = await hold(portal);
    const second = await hold(ops);
    const sent = () => interlock.cloud.journal({ operation: 'job.start' }).length;

    expect((await release(first.id, portal)).data).toMatchObject({ state: 'released', cause: 'released' });
    expect([stateAtGraph(), sent()]).toEqual(['paused', 0]);
    expect((await release(second.id, ops)).data).toMatchObject({ state: 'resumed' });
    expect([stateAtGraph(), sent()]).toEqual(['active', 1]);
  });

  it('refuse a start, and name the other’s to those who may read the job', async () => {
    await hold(portal);
    await hold(ops, { duration: 'PT1H' });
    const refused = await call(`${broker.url}/api/jobs/hr-inbound/start`, { method: 'POST', token: portal });
    const unread = await post('start', ops);

    expect([refused.status, refused.code]).toEqual([409, 'held_by_others']);
    expect(refused.data).toMatchObject({
      count: 1,
      holds: [{ owner: { kind: 'application', application: ids.console.appId }, until: expect.any(String) }],
    });
    expect([unread.status, unread.code]).toEqual([409, 'held_by_others']);
    expect(unread.data).toHaveProperty('error.message', expect.stringContaining('1 of whom you may not know'));
    expect(interlock.cloud.journal({ operation: 'job.start' })).toEqual([]);
    const events = await eventsOver(broker.url, await interlock.reviewer());
    expect(events.filter(({ deny_code }) => deny_code === 'held_by_others')).toHaveLength(2);
  });

  it('are one for each owner: who pauses again replaces the hold', async () => {
    const first = await hold(portal, { duration: 'PT1H' });
    const second = await hold(portal, { duration: 'PT2H' });

    expect((await api(`/${first.id}`, portal)).data).toMatchObject({ state: 'replaced', replacedBy: second.id });
    expect((await post('start', portal)).status).toBe(204);
    expect((await api(`/${second.id}`, portal)).data).toMatchObject({ state: 'resumed' });
    expect(stateAtGraph()).toBe('active');
  });
});

describe('a timed pause', () => {
  it('starts the job again at its end, once, and measures how late', async () => {
    const { id } = await hold(portal, { duration: 'PT1S' });
    expect(await ended(id, portal)).toMatchObject({ state: 'resumed' });
    expect(stateAtGraph()).toBe('active');
    expect(interlock.cloud.journal({ operation: 'job.start' })).toHaveLength(1);
    const metrics = String((await call(`${broker.url}/metrics`)).data);
    expect(metrics).toMatch(/^interlock_timer_lateness_seconds_count [1-9]/m);
  });

  it('starts the job again when the broker was killed before its end, and came back after it', async () => {
    const { id, until } = await hold(portal, { duration: 'PT1S' });
    await broker.kill();
    broker = await interlock.broker({ INTERLOCK_POLICY: policyFile });

    expect(await ended(id, portal)).toMatchObject({ state: 'resumed', until });
    expect(interlock.cloud.journal({ operation: 'job.start' })).toHaveLength(1);
  });
});

describe('timed pauses at their end', () => {
  /** How each began, what happened meanwhile, and how it has to end. */
  const pauses = {
    'somebody else has started': {
      of: jobs.crossTenant,
      before: { kind: 'active' },
      meanwhile: { kind: 'active' },
      end: { state: 'superseded' },
    },
    'is in quarantine': {
      of: jobs.quarantined,
      before: { kind: 'active' },
      meanwhile: { kind: 'paused', quarantine: {} },
      end: { state: 'not_resumed', cause: 'quarantined' },
    },
    'was paused before': {
      of: jobs.scimDraft,
      before: { kind: 'paused' },
      meanwhile: { kind: 'paused' },
      end: { state: 'not_resumed', cause: 'paused_before' },
    },
    'the policy has frozen': {
      of: jobs.scim,
      before: { kind: 'active' },
      meanwhile: { kind: 'paused' },
      end: { state: 'not_resumed', cause: 'policy' },
    },
  } as const;
  const ends = new Map<string, View>();
  let started: number;

  // All at once, because a second is the shortest pause.
  beforeAll(async () => {
    interlock.cloud.reset();
    await Promise.all(
      Object.entries(pauses).map(async ([name, { of, before, meanwhile }]) => {
        set(of, before);
        const { id } = await hold(portal, { duration: 'PT30M', ticket: 'CHG1' }, of);
        set(of, meanwhile);
        expect((await api(`/${id}`, portal, 'PATCH', { duration: 'PT1S' })).status).toBe(200);
        ends.set(name, await ended(id, portal));
      }),
    );
    started = interlock.cloud.journal({ operation: 'job.start' }).length;
  });

  it.each(Object.entries(pauses))('do not start a job that %s', async (name, { end }) => {
    expect(ends.get(name)).toMatchObject(end);
    expect(started).toBe(0);
    const events = await eventsOver(broker.url, await interlock.reviewer());
    const own = events.filter(({ type, parent }) => type === 'hold.ended' && parent === ends.get(name)?.id);
    expect(own).toHaveLength(1);
  });
});

describe('the end of a hold', () => {
  it('is moved by its owner, as far as the rule lets the whole pause last', async () => {
    const { id } = await hold(portal, { duration: 'PT30M', ticket: 'CHG1' }, jobs.scim);
    const longer = await api(`/${id}`, portal, 'PATCH', { duration: 'PT59M' });
    const tooLong = await api(`/${id}`, portal, 'PATCH', { duration: 'PT61M' });
    const roles = ['Holds.Override', 'Jobs.Pause'];
    const other = await interlock.cloud.mintToken({ application: ids.console.appId, roles });
    const others = await api(`/${id}`, other, 'PATCH', { duration: 'PT10M' });

    expect(longer.status).toBe(200);
    expect(Date.parse((longer.data as View).until!)).toBeGreaterThan(Date.now() + 58 * 60_000);
    expect([tooLong.status, tooLong.code]).toEqual([403, 'requirement_missing']);
    expect([others.status, others.code]).toEqual([403, 'hold_not_yours']);
    expect((await api(`/${id}`, portal)).data).toMatchObject({ state: 'held', until: (longer.data as View).until });
  });

  it('is another’s to bring about only with Holds.Override and a reason', async () => {
    const { id } = await hold(ops);
    const admin = await interlock.cloud.mintToken({ application: ids.hrPortal.appId, roles: ['Holds.Override'] });

    expect((await release(id, portal)).code).toBe('hold_not_yours');
    expect((await release(id, admin)).code).toBe('field_invalid');
    expect((await release(id, admin, { reason: 'Owner is away' })).data).toMatchObject({
      state: 'resumed',
      own: false,
    });
    expect((await release(id, admin, { reason: 'Once more' })).data).toMatchObject({ state: 'resumed' });
  });

  it('does not come while Graph cannot be asked', async () => {
    const { id } = await hold(portal);
    interlock.cloud.injectFault({ match: { operation: 'job.get' }, effect: { kind: 'error', status: 503 } });
    const reply = await release(id, portal);
    interlock.cloud.clearFaults();

    expect([reply.status, reply.code]).toEqual([503, 'hold_not_ended']);
    expect((await api(`/${id}`, portal)).data).toMatchObject({ state: 'held' });
  });
});

describe('the list of holds', () => {
  it('shows a caller its own and those of jobs that it may read, page by page', async () => {
    const [first, second] = [await hold(ops), await hold(portal)];
    const page = await api('?limit=1', portal);
    const [, next] = /<([^>]+)>; rel="next"/.exec(page.headers['link'] ?? '') ?? [];
    const rest = await call(broker.url + next!, { token: portal });

    expect(page.data).toMatchObject({ items: [{ id: second.id, own: true, alias: 'hr-inbound' }] });
    expect(rest.data).toMatchObject({ items: [{ id: first.id, own: false }] });
    expect((await list(ops, '')).items.map(({ id }) => id)).toEqual([first.id]);
    expect((await list(portal, `?servicePrincipalId=${jobs.scim.servicePrincipalId}&jobId=x`)).items).toEqual([]);
  });

  it('hides a hold from those who may not know of it', async () => {
    const { id } = await hold(portal);
    const stranger = await interlock.cloud.mintToken({ application: ids.stranger.appId, roles: ['Jobs.Read'] });

    expect((await list(stranger, '')).items).toEqual([]);
    expect([await api(`/${id}`, stranger), await release(id, stranger)].map(({ code }) => code)).toEqual([
      'hold_unknown',
      'hold_unknown',
    ]);
  });
});
