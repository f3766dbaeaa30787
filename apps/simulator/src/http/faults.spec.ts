import type { AxiosInstance } from 'axios';
import { clientOf, graphTokenOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { ids, jobs } from '../world/default-world.ts';

const pause = `/v1.0/servicePrincipals/${jobs.scim.servicePrincipalId}/synchronization/jobs/${jobs.scim.jobId}/pause`;
const job = pause.replace(/\/pause$/, '');
const onPause = { operation: 'job.pause' };
const active = { kind: 'active' };
const paused = { kind: 'paused', hasRun: true };

describe('a fault', () => {
  const now = Date.now();
  let simulator: Simulator;
  let client: AxiosInstance;

  beforeAll(async () => {
    simulator = await startSimulator({ clock: () => now });
  });
  afterAll(() => simulator.close());
  beforeEach(async () => {
    simulator.reset();
    client = clientOf(simulator);
    client.defaults.headers.common.Authorization = `Bearer ${await graphTokenOf(client)}`;
    simulator.clearJournal();
  });

  const last = () => simulator.journal().at(-1);

  it.each([
    [{ seconds: 7 }, '7'],
    [{ dateInSeconds: 60 }, new Date(now + 60_000).toUTCString()],
    [{ raw: 'soon' }, 'soon'],
    [undefined, undefined],
  ])('throttles with Retry-After %p', async (retryAfter, header) => {
    simulator.injectFault({ match: onPause, effect: { kind: 'throttle', retryAfter } });
    const { status, headers, data } = await client.post<object>(pause);
    expect([status, headers['retry-after']]).toEqual([429, header]);
    expect(data).toHaveProperty('error.code', 'TooManyRequests');
    expect(simulator.jobState(jobs.scim)).toEqual(active);
  });

  it('lasts for as many requests as planned, after as many as skipped', async () => {
    simulator.injectFault({ match: onPause, skip: 1, times: 2, effect: { kind: 'error', status: 503 } });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await client.post(pause)).status);
    expect(statuses).toEqual([204, 503, 503, 204]);
    expect(simulator.faults()).toEqual([expect.objectContaining({ met: 2 })]);
  });

  it.each([
    ['before', active, false],
    ['after', paused, true],
  ] as const)('that breaks the connection %s the pause leaves the job %p', async (when, state, applied) => {
    const fault = simulator.injectFault({ match: onPause, when, times: 1, effect: { kind: 'reset' } });
    await expect(client.post(pause)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(simulator.jobState(jobs.scim)).toEqual(state);
    expect(last()).toMatchObject({ status: 'cut', applied, fault });
  });

  it.each([
    ['before', active],
    ['after', paused],
  ] as const)('that answers 500 %s the pause leaves the job %p', async (when, state) => {
    simulator.injectFault({ match: onPause, when, effect: { kind: 'error', status: 500 } });
    expect((await client.post(pause)).status).toBe(500);
    expect(simulator.jobState(jobs.scim)).toEqual(state);
  });

  it.each([
    ['service', 'application/json', /"innerError"/],
    ['html', 'text/html', /^<!DOCTYPE html>/],
    ['empty', undefined, /^$/],
  ] as const)('answers with a body of the kind %s', async (body, type, text) => {
    simulator.injectFault({ match: onPause, effect: { kind: 'error', status: 401, body } });
    const { status, headers, data } = await client.post<string>(pause, undefined, { transformResponse: [] });
    expect([status, headers['content-type']]).toEqual([401, type]);
    expect(data).toMatch(text);
  });

  it('takes any code and message', async () => {
    const effect = { kind: 'error', status: 403, code: 'Authorization_RequestDenied', message: 'no' } as const;
    simulator.injectFault({ match: onPause, effect });
    const { data } = await client.post<object>(pause);
    expect(data).toMatchObject({ error: { code: 'Authorization_RequestDenied', message: 'no' } });
  });

  it('passes off a success that is not from Graph', async () => {
    simulator.injectFault({ match: onPause, effect: { kind: 'raw' } });
    const { status, headers } = await client.post(pause);
    expect([status, headers['content-type']]).toEqual([200, 'text/html']);
    expect(simulator.jobState(jobs.scim)).toEqual(active);
  });

  it.each([{ kind: 'truncate' }, { kind: 'content-length', delta: 9 }] as const)(
    'cuts the body short: %p',
    async (effect) => {
      simulator.injectFault({ match: { operation: 'job.get' }, when: 'after', effect });
      await expect(client.get(job)).rejects.toMatchObject({ message: expect.stringMatching(/aborted/) as string });
    },
  );

  it('cuts the body by a Content-Length that is too small', async () => {
    const effect = { kind: 'content-length', delta: -5 } as const;
    simulator.injectFault({ match: { operation: 'job.get' }, when: 'after', effect });
    // Whether the client notices the surplus bytes or only the cut is up to its parser; the job it never gets.
    const got = await client.get<string>(job, { transformResponse: [] }).then(
      ({ data }) => data,
      () => 'no reply',
    );
    expect(() => JSON.parse(got) as unknown).toThrow(SyntaxError);
  });

  it.each([
    ['before', active],
    ['after', paused],
  ] as const)('holds a request %s it is carried out, until cleared', async (when, state) => {
    // Once the token is known, a request runs to its end without waiting for anything but the fault.
    await client.get(job);
    simulator.injectFault({ match: onPause, when, delay: 'until-cleared' });
    const reply = client.post(pause);
    await simulator.whenArrived({ operation: 'job.pause' });
    await client.get(job);
    expect(last()).toMatchObject({ operation: 'job.get', status: 200 });
    expect(simulator.journal(onPause)).toEqual([expect.objectContaining({ status: 'pending' })]);
    expect(simulator.jobState(jobs.scim)).toEqual(state);
    simulator.clearFaults();
    expect((await reply).status).toBe(204);
    expect(simulator.jobState(jobs.scim)).toEqual(paused);
  });

  it('can be only a delay', async () => {
    simulator.injectFault({ match: onPause, delay: 1 });
    expect((await client.post(pause)).status).toBe(204);
  });

  it.each([
    ['token', 'post', `/${ids.tenant}/oauth2/v2.0/token`],
    ['discovery', 'get', `/${ids.tenant}/v2.0/.well-known/openid-configuration`],
    ['jwks', 'get', `/${ids.tenant}/discovery/v2.0/keys`],
    ['graph', 'get', '/v1.0/servicePrincipals'],
  ] as const)('takes %s down and up again', async (service, method, url) => {
    const id = simulator.takeDown({ service });
    await expect(client.request({ method, url })).rejects.toMatchObject({ code: 'ECONNRESET' });
    simulator.clearFaults({ id });
    await expect(client.request({ method, url })).resolves.toBeDefined();
  });

  it('at the token endpoint speaks as Entra does', async () => {
    simulator.injectFault({ match: { operation: 'token' }, effect: { kind: 'error', status: 503 } });
    const { status, data } = await client.post<object>(`/${ids.tenant}/oauth2/v2.0/token`, '');
    expect(status).toBe(503);
    expect(data).toMatchObject({ error: 'temporarily_unavailable', error_codes: [90033] });
  });

  it.each([
    [{ effect: { kind: 'throttle' }, colour: 'red' }],
    [{ match: { path: '(' }, effect: { kind: 'reset' } }],
    [{ match: onPause }],
  ])('is refused when it is not well planned: %j', (plan) => {
    expect(() => simulator.injectFault(plan as Parameters<Simulator['injectFault']>[0])).toThrow();
  });
});
