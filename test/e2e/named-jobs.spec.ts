import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';
import { eventsOver } from '../support/recorded-events.ts';
import { startPolicy } from '../support/start-policy.ts';

let interlock: Interlock;
let broker: BrokerProcess;
let token: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  const policy = join(interlock.folder, 'start-policy.yaml');
  writeFileSync(policy, startPolicy);
  broker = await interlock.broker({ INTERLOCK_POLICY: policy });
  token = await tokenWith('Jobs.Read', 'Jobs.Pause', 'Jobs.Start');
});
afterAll(() => interlock.stop());
beforeEach(() => {
  interlock.cloud.clearFaults();
  interlock.cloud.clearJournal();
  interlock.cloud.setJobState({ ...jobs.hrInbound, state: { kind: 'active' } });
});

const tokenWith = (...roles: string[]) => interlock.cloud.mintToken({ application: ids.hrPortal.appId, roles });
const get = (path: string, who = token) => call(`${broker.url}/api/jobs${path}`, { token: who });
const post = (path: string, headers: Record<string, string> = {}, who = token) =>
  call(`${broker.url}/api/jobs/${path}`, {
    method: 'POST',
    token: who,
    headers: { 'interlock-ticket': 'CHG0000001', ...headers },
  });
const sent = () => interlock.cloud.journal({ service: 'graph' }).map(({ operation }) => operation);
const events = async () => eventsOver(broker.url, await interlock.reviewer());
const represented = { prefer: 'return=representation' };
const byIds = `${jobs.hrInbound.servicePrincipalId}/${jobs.hrInbound.jobId}`;

describe('the list of named jobs', () => {
  it('holds what the caller may read, without asking Graph or adding to the log', async () => {
    const before = (await events()).length;
    const { status, data } = await get('');

    expect(status).toBe(200);
    expect(data).toEqual({
      items: [
        { alias: 'hr-inbound', ...jobs.hrInbound, tags: [] },
        { alias: 'mail', ...jobs.quarantined, tags: [] },
        { alias: 'not-owned', ...jobs.notOwned, tags: [] },
        { alias: 'ticketing', servicePrincipalId: jobs.scim.servicePrincipalId, tags: ['scim'] },
      ],
    });
    expect([sent(), (await events()).length]).toEqual([[], before]);
  });

  it('is empty for a caller that the policy does not know', async () => {
    const stranger = await interlock.cloud.mintToken({ application: ids.stranger.appId, roles: ['Jobs.Read'] });

    expect((await get('', stranger)).data).toEqual({ items: [] });
  });
});

describe('a named job', () => {
  it.each(['/hr-inbound', `/${byIds}`])('is shown as it is now: %s', async (path) => {
    expect(await get(path)).toMatchObject({
      status: 200,
      data: {
        alias: 'hr-inbound',
        ...jobs.hrInbound,
        state: { stopped: false, scheduleState: 'Active', statusCode: 'Active' },
      },
    });
  });

  it('of a service principal that is named as a whole is found by its ids', async () => {
    expect((await get(`/${jobs.scimDraft.servicePrincipalId}/${jobs.scimDraft.jobId}`)).data).toMatchObject({
      alias: 'ticketing',
      tags: ['scim'],
      state: { stopped: true, scheduleState: 'Disabled', statusCode: 'NotConfigured' },
    });
  });

  it('in quarantine says why', async () => {
    expect((await get('/mail')).data).toMatchObject({ quarantine: { reason: 'TooManyDeletes' } });
  });

  it.each([
    ['/nobody', 404, 'job_unknown'],
    ['/ticketing', 404, 'job_unknown'],
    ['/cross-tenant', 403, 'no_matching_rule'],
    ['/not-a-guid/job', 400, 'id_malformed'],
    [`/${jobs.hrInbound.servicePrincipalId}/..%2f..%2frestart`, 400, 'id_malformed'],
    ['/hr-inbound?x=1', 400, 'query_not_allowed'],
    ['/not-owned', 502, 'graph_not_owned'],
  ])('%s answers %d %s as a problem', async (path, status, code) => {
    const reply = await get(path);

    expect([reply.status, reply.code]).toEqual([status, code]);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.data).toMatchObject({ type: `urn:interlock:problem:${code}`, status });
  });
});

describe('a change of a named job', () => {
  it.each(['hr-inbound', byIds])('answers 204 without a preference: %s', async (path) => {
    const reply = await post(`${path}/pause`);

    expect([reply.status, reply.data, reply.headers['preference-applied']]).toEqual([204, '', undefined]);
    expect(sent()).toEqual(['job.get', 'job.pause']);
  });

  it('shows the job afterwards, from a read that belongs to the change, when that is preferred', async () => {
    const reply = await post('hr-inbound/pause', represented);

    expect([reply.status, reply.headers['preference-applied']]).toEqual([200, 'return=representation']);
    expect(sent()).toEqual(['job.get', 'job.pause', 'job.get']);
    const recorded = await events();
    const own = recorded.filter(({ corr }) => corr?.request_id === reply.headers['request-id']);
    expect(own.map(({ type }) => type)).toEqual(['read.intent', 'pause.intent', 'read.intent']);
    expect(own[2]).toMatchObject({ action: 'read', parent: own[1]!.id });
    expect(reply.data).toMatchObject({
      alias: 'hr-inbound',
      before: { stopped: false, statusCode: 'Active' },
      state: { stopped: true, statusCode: 'Paused' },
      pausedBy: { eventId: own[1]!.id, application: ids.hrPortal.appId },
    });
  });

  it('starts it again and no longer says who paused it', async () => {
    await post('hr-inbound/pause');
    const { status, data } = await post('hr-inbound/start', represented);

    expect(status).toBe(200);
    expect(data).toMatchObject({ before: { stopped: true }, state: { stopped: false } });
    expect(data).not.toHaveProperty('pausedBy');
  });

  it('answers 409 as a problem when the job runs', async () => {
    const reply = await post('hr-inbound/start', represented);

    expect([reply.status, reply.code]).toEqual([409, 'job_running']);
    expect(reply.headers['content-type']).toContain('application/problem+json');
  });

  it('shows nothing to a caller that may not read, and does the change', async () => {
    const reply = await post('hr-inbound/pause', represented, await tokenWith('Jobs.Pause'));

    expect([reply.status, reply.headers['preference-applied']]).toEqual([204, undefined]);
    expect(interlock.cloud.jobState(jobs.hrInbound).kind).toBe('paused');
  });

  it('is not called a failure when only the read after it fails', async () => {
    interlock.cloud.injectFault({ match: { operation: 'job.get' }, skip: 1, effect: { kind: 'error', status: 403 } });
    const reply = await post('hr-inbound/pause', represented);

    expect([reply.status, reply.headers['preference-applied']]).toEqual([204, undefined]);
  });

  it('can be tried dry', async () => {
    const reply = await post('hr-inbound/start?dryRun=true');

    expect(reply).toMatchObject({ status: 200, data: { effect: 'allow', rule: 'may-start' } });
    expect(sent()).toEqual([]);
  });
});

describe('a pause of a job that is paused', () => {
  it('by us goes to Graph again, and the log names the pause before it', async () => {
    const first = await post('hr-inbound/pause');
    const second = await post('hr-inbound/pause');
    const third = await post('hr-inbound/pause', represented);

    expect([first.status, second.status, third.status]).toEqual([204, 204, 200]);
    expect(sent().filter((operation) => operation === 'job.pause')).toHaveLength(3);
    const recorded = await events();
    const intentOf = ({ headers }: typeof first) =>
      recorded.find(({ type, corr }) => type === 'pause.intent' && corr?.request_id === headers['request-id'])?.id;
    const outcomeOf = (reply: typeof first) =>
      recorded.find(({ type, parent }) => type === 'pause.outcome' && parent === intentOf(reply));
    expect(outcomeOf(first)).not.toHaveProperty('outcome_reason');
    for (const reply of [second, third]) {
      expect(outcomeOf(reply)).toMatchObject({
        outcome: 'success',
        outcome_reason: 'already_paused',
        paused_by: intentOf(first),
      });
    }
    expect(third.data).toMatchObject({ pausedBy: { eventId: intentOf(first) } });
  });

  it('by somebody else is not claimed for us', async () => {
    await post('hr-inbound/pause');
    await post('hr-inbound/start');
    interlock.cloud.setJobState({ ...jobs.hrInbound, state: { kind: 'disabled' } });
    const { data } = await post('hr-inbound/pause', represented);

    expect(data).toMatchObject({ state: { stopped: true } });
    expect(data).not.toHaveProperty('pausedBy');
  });
});
