import type { AxiosInstance } from 'axios';
import { clientOf, graphTokenOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { ids, jobs } from '../world/default-world.ts';

const principal = `/v1.0/servicePrincipals/${jobs.scim.servicePrincipalId}`;
const job = `${principal}/synchronization/jobs/${jobs.scim.jobId}`;

describe('the dangerous side of an OwnedBy credential', () => {
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
    simulator.clearJournal();
  });

  const target = () =>
    simulator.world().tenants[0]!.servicePrincipals.find(({ id }) => id === jobs.scim.servicePrincipalId)!;

  it.each([
    ['job.restart', 'POST', `${job}/restart`, { criteria: { resetScope: 'Full' } }, 204],
    ['job.delete', 'DELETE', job, undefined, 204],
    ['job.create', 'POST', `${principal}/synchronization/jobs`, { templateId: 'scim' }, 201],
    ['job.provisionOnDemand', 'POST', `${job}/provisionOnDemand`, {}, 200],
    ['job.validateCredentials', 'POST', `${job}/validateCredentials`, {}, 204],
    ['schema.replace', 'PUT', `${job}/schema`, { synchronizationRules: [] }, 204],
    ['schema.get', 'GET', `${job}/schema`, undefined, 200],
    ['secrets.replace', 'PUT', `${principal}/synchronization/secrets`, { value: [{ key: 'k', value: 'v' }] }, 204],
    ['principal.delete', 'DELETE', principal, undefined, 204],
    ['principal.update', 'PATCH', principal, { displayName: 'Taken over' }, 204],
    ['owner.remove', 'DELETE', `${principal}/owners/${ids.interlock.principalId}/$ref`, undefined, 204],
    ['unknown', 'POST', '/v1.0/applications', {}, 400],
  ])('has %s, which the journal marks', async (operation, method, url, data, status) => {
    expect((await client.request({ method, url, data })).status).toBe(status);
    expect(simulator.journal({ dangerous: true })).toEqual([expect.objectContaining({ operation, method, status })]);
  });

  it('really does what it says', async () => {
    await client.put(`${job}/schema`, { synchronizationRules: ['mine'] });
    await client.put(`${principal}/synchronization/secrets`, { value: [{ key: 'BaseAddress', value: 'https://x' }] });
    expect(target().jobs[0]?.schema).toEqual({ synchronizationRules: ['mine'] });
    expect(target().synchronizationSecrets).toEqual(['BaseAddress']);
    await client.delete(job);
    expect(target().jobs.map(({ id }) => id)).toEqual([jobs.scimDraft.jobId]);
    await client.delete(`${principal}/owners/${ids.interlock.principalId}/$ref`);
    expect(target().owners).toEqual([]);
  });

  it('adds passwords that open the token endpoint', async () => {
    simulator.grantOwnership({ principal: ids.hrPortal.principalId });
    const path = `/v1.0/servicePrincipals/${ids.hrPortal.principalId}/addPassword`;
    const { data } = await client.post<{ secretText: string }>(path, {});
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: ids.hrPortal.appId,
      client_secret: data.secretText,
      scope: 'api://interlock/.default',
    });
    expect((await client.post(`/${ids.tenant}/oauth2/v2.0/token`, form)).status).toBe(200);
  });

  it('does not include PATCH of a job, nor bulk upload', async () => {
    expect((await client.patch(job, { schedule: { state: 'Disabled' } })).status).toBe(403);
    expect((await client.post(`${job}/bulkUpload`, {})).status).toBe(403);
    expect(simulator.jobState(jobs.scim)).toEqual({ kind: 'active' });
  });
});
