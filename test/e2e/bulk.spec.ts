import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call, type Reply } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';
import { crowdedPrincipal, crowdedWorld } from '../support/many-jobs.ts';
import { eventsOver } from '../support/recorded-events.ts';

/** Besides the one that the default world has there. */
const more = 11;
const policy = `
version: 1
jobs:
  hr-inbound: { servicePrincipalId: ${jobs.hrInbound.servicePrincipalId}, jobId: ${jobs.hrInbound.jobId}, tags: [hr] }
  scim: { servicePrincipalId: ${jobs.scim.servicePrincipalId}, jobId: ${jobs.scim.jobId}, tags: [hr] }
  not-owned: { servicePrincipalId: ${jobs.notOwned.servicePrincipalId}, jobId: ${jobs.notOwned.jobId}, tags: [hr, lost] }
  mail: { servicePrincipalId: ${jobs.quarantined.servicePrincipalId}, jobId: ${jobs.quarantined.jobId}, tags: [hr] }
  crowd: { servicePrincipalId: ${crowdedPrincipal}, tags: [many] }
callers:
  hr-portal: { tenant: ${ids.tenant}, application: ${ids.hrPortal.appId} }
rules:
  - { id: may-read, effect: allow, callers: [hr-portal], actions: [read], jobs: [hr-inbound, scim, not-owned, crowd] }
  - id: may-hold
    effect: allow
    callers: [hr-portal]
    actions: [pause, start]
    jobs: [hr-inbound, not-owned, crowd]
    require: { ticket: { pattern: "CHG[0-9]+" } }
`;

let interlock: Interlock;
let broker: BrokerProcess;
let portal: string;

const start = () => interlock.broker({ INTERLOCK_POLICY: join(interlock.folder, 'bulk-policy.yaml') });

beforeAll(async () => {
  interlock = await Interlock.start({ world: crowdedWorld(more) });
  writeFileSync(join(interlock.folder, 'bulk-policy.yaml'), policy);
  broker = await start();
  const roles = ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'];
  portal = await interlock.cloud.mintToken({ application: ids.hrPortal.appId, roles });
});
afterAll(() => interlock.stop());
beforeEach(() => {
  interlock.cloud.reset();
});

interface Item {
  readonly position: number;
  readonly job?: { readonly alias?: string; readonly jobId?: string };
  readonly state: string;
  readonly event?: string;
  readonly problem?: { readonly code: string };
}
interface View {
  readonly id: string;
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly items: readonly Item[];
}

const bulk = (
  action: 'pause' | 'start',
  selector: unknown,
  { prefer = 'wait=30', query = '', key, ...rest }: Readonly<Record<string, string>> = {},
): Promise<Reply> =>
  call(`${broker.url}/api/bulk/${action}${query}`, {
    method: 'POST',
    token: portal,
    body: { selector, reason: 'year-end payroll', ticket: 'CHG1', ...rest },
    headers: { prefer, ...(key !== undefined && { 'idempotency-key': key }) },
  });
/** As time would, or a broker that died before it could keep its reply. */
function change(sql: string): void {
  const database = new DatabaseSync(join(interlock.folder, 'interlock.db'));
  database.exec(sql);
  database.close();
}
const read = (id: string, token = portal) => call(`${broker.url}/api/operations/${id}`, { token });
const events = async (query: string) => eventsOver(broker.url, await interlock.reviewer(), query);
const sent = (operation: string) => interlock.cloud.journal({ operation });

describe('a bulk pause', () => {
  it('does what it may to each job on its own, and tells what each came to', async () => {
    const reply = await bulk('pause', { tag: 'hr' });
    const view = reply.data as View;

    expect([reply.status, reply.headers['preference-applied']]).toEqual([200, 'wait=30']);
    expect(reply.headers['location']).toBe(`/api/operations/${view.id}`);
    expect(view).toMatchObject({ action: 'pause', state: 'finished', counts: { done: 1, denied: 2, failed: 1 } });
    expect(view.items.map(({ job, state, problem }) => [job?.alias, state, problem?.code])).toEqual([
      ['hr-inbound', 'done', undefined],
      ['scim', 'denied', 'no_matching_rule'],
      ['not-owned', 'failed', 'graph_not_owned'],
      [undefined, 'denied', 'no_matching_rule'],
    ]);
    expect(view.items[2]).toMatchObject({
      decision: { effect: 'allow', rule: 'may-hold' },
      outcome: 'failure',
      problem: {
        status: 502,
        type: 'urn:interlock:problem:graph_not_owned',
        instance: `urn:uuid:${view.items[2]?.event}`,
      },
    });
    expect(interlock.cloud.jobState(jobs.hrInbound).kind).toBe('paused');
  });

  it('is done once for one Idempotency-Key, also when its reply was lost', async () => {
    const first = await bulk('pause', { aliases: ['hr-inbound'] }, { key: 'payroll' });
    const again = await bulk('pause', { aliases: ['hr-inbound'] }, { key: 'payroll' });
    change('update idempotency_claim set lease_until = 0, reply = null');
    const recalled = await bulk('pause', { aliases: ['hr-inbound'] }, { key: 'payroll' });

    expect(again).toMatchObject({ status: 200, data: first.data, headers: { 'idempotency-replayed': 'true' } });
    expect([recalled.status, recalled.headers['location']]).toEqual([202, first.headers['location']]);
    expect(await bulk('pause', { aliases: ['scim'] }, { key: 'payroll' })).toMatchObject({
      code: 'idempotency_key_reused',
    });
    expect(sent('job.pause')).toHaveLength(1);
    expect(await bulk('pause', { aliases: ['hr-inbound'] }, { key: 'dry', query: '?dryRun=true' })).toMatchObject({
      status: 200,
    });
    expect((await bulk('pause', { aliases: ['hr-inbound'] }, { key: 'dry', prefer: 'wait=0' })).status).toBe(202);
  });

  it('is one parent in the log, named by an intent or a denial of each job', async () => {
    const { id, items } = (await bulk('pause', { tag: 'hr' })).data as View;
    const all = await events('-type:audit.read');
    const own = all.filter(({ parent }) => parent === id);

    expect(all.find((event) => event.id === id)).toMatchObject({
      type: 'bulk.started',
      action: 'pause',
      ticket: { id: 'CHG1' },
      bulk: { tag: 'hr', count: 4, jobs_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(
      own
        .filter(({ type }) => /^(pause.intent|request.denied)$/.test(type))
        .map((event) => event.id)
        .toSorted(),
    ).toEqual(items.map(({ event }) => event).toSorted());
    expect(own.at(-1)).toMatchObject({
      type: 'bulk.ended',
      actor: { kind: 'system' },
      bulk: { results: { done: 1, denied: 2, failed: 1, unknown: 0, waiting: 0 } },
    });
    const holds = (await call(`${broker.url}/api/holds`, { token: portal })).data as { items: { id: string }[] };
    expect(holds.items.map((hold) => hold.id)).toContain(items[0]?.event);
  });

  it('means every job of a service principal, as Graph lists them, and a start undoes it', async () => {
    const paused = (await bulk('pause', { servicePrincipalId: crowdedPrincipal })).data as View;
    expect(paused).toMatchObject({ state: 'finished', counts: { done: more + 1 } });
    expect(interlock.cloud.jobState({ ...jobs.crossTenant, jobId: 'many.0010' }).kind).toBe('paused');

    const started = (await bulk('start', { aliases: ['crowd'] })).data as View;
    expect(started).toMatchObject({ action: 'start', counts: { done: more + 1 } });
    expect(sent('job.start')).toHaveLength(more + 1);
    expect(interlock.cloud.jobState({ ...jobs.crossTenant, jobId: 'many.0010' }).kind).toBe('active');
  });

  it('answers at once unless it was told to wait, and can be followed by its caller and by reviewers only', async () => {
    interlock.cloud.injectFault({ match: { operation: 'job.pause' }, delay: 'until-cleared' });
    const begun = await bulk('pause', { aliases: ['hr-inbound'] }, { prefer: 'respond-async' });
    await interlock.cloud.whenArrived({ operation: 'job.pause' });
    const running = await read((begun.data as View).id);
    interlock.cloud.clearFaults();
    const stranger = await interlock.cloud.mintToken({ application: ids.stranger.appId, roles: ['Jobs.Read'] });

    expect([begun.status, begun.headers['preference-applied'], begun.headers['retry-after']]).toEqual([
      202,
      'respond-async',
      '1',
    ]);
    expect(running.data).toMatchObject({ state: 'running', items: [{ state: 'in_progress' }] });
    expect((await read((begun.data as View).id, stranger)).code).toBe('operation_unknown');
    expect((await read((begun.data as View).id, await interlock.reviewer())).status).toBe(200);
    expect(await events('type:audit.read')).toContainEqual(
      expect.objectContaining({
        review: expect.objectContaining({ view: 'operation', query: `id:${(begun.data as View).id}` }),
      }),
    );
  });

  it('that is only rehearsed says what the policy says, and records and sends nothing', async () => {
    const before = (await events('-type:audit.read')).length;
    const dry = await bulk('pause', { tag: 'hr' }, { query: '?dryRun=true' });
    const whole = await bulk('pause', { tag: 'many' }, { query: '?dryRun=true' });

    expect(dry.status).toBe(200);
    expect(dry.data).toMatchObject({
      dryRun: true,
      counts: { allow: 2, deny: 2 },
      items: [
        { job: { alias: 'hr-inbound' }, judgement: { effect: 'allow', rule: 'may-hold' } },
        { job: { alias: 'scim' }, judgement: { effect: 'deny', code: 'no_matching_rule' } },
        { job: { alias: 'not-owned' }, judgement: { effect: 'allow' } },
        { judgement: { effect: 'deny' } },
      ],
    });
    expect((dry.data as View).items[3]?.job).toBeUndefined();
    expect((whole.data as View).items).toMatchObject([
      { job: { alias: 'crowd', servicePrincipalId: crowdedPrincipal }, judgement: { effect: 'allow' } },
    ]);
    expect((await events('-type:audit.read')).length).toBe(before);
    expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
  });

  it.each([
    ['no selector', { selector: undefined }, 400, 'field_invalid'],
    ['two selectors', { selector: { tag: 'hr', aliases: ['scim'] } }, 400, 'field_invalid'],
    ['a tag without jobs', { selector: { tag: 'nobody' } }, 400, 'selector_empty'],
    ['an unknown alias', { selector: { aliases: ['nobody'] } }, 404, 'job_unknown'],
    ['an unknown field', { selector: { tag: 'hr' }, dryrun: true }, 400, 'field_invalid'],
    [
      'a service principal of which the caller may pause nothing',
      { selector: { servicePrincipalId: ids.graphPrincipal } },
      403,
      'no_matching_rule',
    ],
  ])('is refused whole for %s', async (_, body, status, code) => {
    const reply = await call(`${broker.url}/api/bulk/pause`, { method: 'POST', token: portal, body });
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect(sent('job.pause')).toEqual([]);
  });
});

describe('a broker that is killed in the middle', () => {
  it('is succeeded by one that does the rest, and says of what was under way that it does not know', async () => {
    interlock.cloud.injectFault({ match: { operation: 'job.pause' }, delay: 'until-cleared' });
    const { id } = (await bulk('pause', { tag: 'many' }, { prefer: 'wait=0' })).data as View;
    const underWay = await interlock.cloud.whenArrived({ operation: 'job.pause', count: 4 });
    await broker.kill();
    interlock.cloud.clearFaults();
    endLeases();
    broker = await start();
    let view = (await read(id)).data as View;
    while (view.state !== 'finished') view = (await read(id)).data as View;

    expect(underWay).toHaveLength(4);
    expect(view.counts).toMatchObject({ done: more + 1 - 4, unknown: 4 });
    expect(view.items.filter(({ state }) => state === 'unknown')).toMatchObject(
      Array.from({ length: 4 }, () => ({ decision: { effect: 'allow' }, problem: { code: 'outcome_unknown' } })),
    );
    expect(sent('job.pause')).toHaveLength(more + 1);
    expect(new Set(sent('job.pause').map(({ path }) => path)).size).toBe(more + 1);
    expect((await events('type:bulk.ended')).filter(({ parent }) => parent === id)).toHaveLength(1);
  });
});

/** Lets the time of all leases pass, which nobody has to wait for in a test. */
function endLeases(): void {
  change('update lease set until = 0');
}
