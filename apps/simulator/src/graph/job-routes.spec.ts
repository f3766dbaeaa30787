import type { AxiosInstance } from 'axios';
import fc from 'fast-check';
import { clientOf, graphTokenOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { ids, jobs } from '../world/default-world.ts';

interface WireJob {
  readonly id: string;
  readonly schedule: { readonly state: string; readonly interval: string };
  readonly status: { readonly code: string; readonly quarantine: { readonly reason: string } | null };
}

const errorOf = (data: unknown) => (data as { error: { code: string; message: string; innerError: object } }).error;
const pathOf = ({ servicePrincipalId, jobId }: { servicePrincipalId: string; jobId: string }) =>
  `/v1.0/servicePrincipals/${servicePrincipalId}/synchronization/jobs/${jobId}`;

describe('the synchronization API', () => {
  let simulator: Simulator;
  let client: AxiosInstance;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.close());
  beforeEach(async () => {
    simulator.reset();
    client = clientOf(simulator);
    client.defaults.headers.common.Authorization = `Bearer ${await graphTokenOf(client)}`;
  });

  const read = async (job: { servicePrincipalId: string; jobId: string }) =>
    (await client.get<WireJob>(pathOf(job))).data;

  it('gives a job in the documented shape', async () => {
    const { status, data, headers } = await client.get<Record<string, unknown>>(pathOf(jobs.hrInbound));
    expect(status).toBe(200);
    expect(data).toMatchObject({
      '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#servicePrincipals('${jobs.hrInbound.servicePrincipalId}')/synchronization/jobs/$entity`,
      id: jobs.hrInbound.jobId,
      templateId: 'Workday2AAD',
      schedule: { expiration: null, interval: 'PT40M', state: 'Active' },
      status: { code: 'Active', quarantine: null, lastExecution: { state: 'Succeeded' } },
    });
    expect(headers['strict-transport-security']).toMatch(/max-age/);
    expect(JSON.parse(String(headers['x-ms-ags-diagnostic']))).toHaveProperty('ServerInfo.DataCenter');
  });

  it.each(['', '/'])('lists the jobs of a service principal with %p at the end', async (slash) => {
    const path = `/v1.0/servicePrincipals/${jobs.scim.servicePrincipalId}/synchronization/jobs${slash}`;
    const { data } = await client.get<{ value: WireJob[] }>(path);
    expect(data.value.map(({ id }) => id)).toEqual([jobs.scim.jobId, jobs.scimDraft.jobId]);
    expect(data.value[1]).toMatchObject({
      schedule: { state: 'Disabled', interval: 'P10675199DT2H48M5.4775807S' },
      status: { code: 'NotConfigured' },
    });
  });

  it('spreads a list over pages when it is longer than one', async () => {
    simulator.setPageSize({ entries: 1 });
    const path = `/v1.0/servicePrincipals/${jobs.scim.servicePrincipalId}/synchronization/jobs`;
    const { data } = await client.get<{ value: WireJob[]; '@odata.nextLink': string }>(path);
    expect(data.value).toHaveLength(1);
    const second = await client.get<{ value: WireJob[] }>(data['@odata.nextLink']);
    simulator.setPageSize({ entries: 100 });
    expect(second.data.value.map(({ id }) => id)).toEqual([jobs.scimDraft.jobId]);
    expect(second.data).not.toHaveProperty('@odata.nextLink');
  });

  it('keeps the same state as the model through any sequence of operations', async () => {
    const model = {
      paused: { schedule: 'Paused', status: 'Paused' },
      started: { schedule: 'Active', status: 'Active' },
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('pause', 'start'), { minLength: 1, maxLength: 5 }), async (steps) => {
        simulator.setJobState({ ...jobs.quarantined, state: { kind: 'quarantined' } });
        for (const step of steps) {
          const { status, data } = await client.post<unknown>(`${pathOf(jobs.quarantined)}/${step}`);
          expect([status, data]).toEqual([204, '']);
          const now = await read(jobs.quarantined);
          const expected = step === 'pause' ? model.paused : model.started;
          expect({ schedule: now.schedule.state, status: now.status.code }).toEqual(expected);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('keeps a quarantine through a pause and clears it by a start', async () => {
    await client.post(`${pathOf(jobs.quarantined)}/pause`);
    expect((await read(jobs.quarantined)).status.quarantine).toMatchObject({ reason: 'TooManyDeletes' });
    await client.post(`${pathOf(jobs.quarantined)}/start`);
    expect((await read(jobs.quarantined)).status.quarantine).toBeNull();
  });

  it.each(['{}', '{"reason":"x"}', ' '])('refuses the body %p on a pause and leaves the job alone', async (body) => {
    const headers = { 'content-type': 'application/json' };
    const { status, data } = await client.post<unknown>(`${pathOf(jobs.scim)}/pause`, body, { headers });
    expect([status, errorOf(data).code]).toEqual([400, 'BadRequest']);
    expect(simulator.jobState(jobs.scim)).toEqual({ kind: 'active' });
  });

  it('echoes client-request-id and repeats it in the envelope', async () => {
    const sent = '0b5c1cf2-6f3c-4f36-9f0c-3c1b8bb0a001';
    const { headers, data } = await client.get<unknown>(pathOf(jobs.notOwned), {
      headers: { 'client-request-id': sent },
    });
    expect(headers['client-request-id']).toBe(sent);
    expect(errorOf(data).innerError).toEqual({
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) as string,
      'request-id': String(headers['request-id']),
      'client-request-id': sent,
    });
  });

  it('answers 401 UnknownError without a message for a job that the app does not own', async () => {
    const { status, data } = await client.post<unknown>(`${pathOf(jobs.notOwned)}/pause`);
    expect([status, errorOf(data).code, errorOf(data).message]).toEqual([401, 'UnknownError', '']);
    simulator.grantOwnership({ principal: jobs.notOwned.servicePrincipalId });
    expect((await client.post(`${pathOf(jobs.notOwned)}/pause`)).status).toBe(204);
    simulator.revokeOwnership({ principal: jobs.notOwned.servicePrincipalId });
    expect((await client.post(`${pathOf(jobs.notOwned)}/start`)).status).toBe(401);
  });

  it('answers the same for an owner whose token has no permission', async () => {
    simulator.revokeRole({ role: 'Application.ReadWrite.OwnedBy' });
    const headers = { authorization: `Bearer ${await graphTokenOf(client)}` };
    const { status, data } = await client.get<unknown>(pathOf(jobs.scim), { headers });
    expect([status, errorOf(data).code]).toEqual([401, 'UnknownError']);
  });

  it('lets Synchronization.Read.All read every job and pause none', async () => {
    simulator.revokeRole({ role: 'Application.ReadWrite.OwnedBy' });
    simulator.grantRole({ role: 'Synchronization.Read.All' });
    const headers = { authorization: `Bearer ${await graphTokenOf(client)}` };
    expect((await client.get(pathOf(jobs.notOwned), { headers })).status).toBe(200);
    const { status, data } = await client.post<unknown>(`${pathOf(jobs.notOwned)}/pause`, undefined, { headers });
    expect([status, errorOf(data).code]).toEqual([403, 'Authorization_RequestDenied']);
  });

  it.each([
    ['GET', `/v1.0/servicePrincipals/${ids.user}/synchronization/jobs`, 404, 'Request_ResourceNotFound'],
    ['GET', '/v1.0/servicePrincipals/not-a-guid/synchronization/jobs', 400, 'Request_BadRequest'],
    ['POST', `${pathOf({ ...jobs.scim, jobId: 'scim.none' })}/pause`, 404, 'ResourceNotFound'],
    ['POST', `${pathOf({ ...jobs.scim, jobId: jobs.scim.jobId.toUpperCase() })}/pause`, 404, 'ResourceNotFound'],
    ['GET', `${pathOf(jobs.scim)}/pause`, 405, 'Request_BadRequest'],
    ['POST', `${pathOf(jobs.scim)}/stop`, 400, 'BadRequest'],
    ['GET', '/beta/servicePrincipals', 400, 'BadRequest'],
  ])('answers %s %s with %i %s', async (method, url, status, code) => {
    const reply = await client.request<unknown>({ method, url });
    expect([reply.status, errorOf(reply.data).code]).toEqual([status, code]);
  });
});
