import type { AxiosInstance } from 'axios';
import { clientOf, graphTokenOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { hrPortalSecret, ids, jobs } from '../world/default-world.ts';
import { graphAppRoles } from '../world/graph-app-roles.ts';

type Listed = { value: { id: string; displayName?: string; '@odata.type'?: string }[] };

describe('service principals at Graph', () => {
  let simulator: Simulator;
  let client: AxiosInstance;

  beforeAll(async () => {
    simulator = await startSimulator();
    client = clientOf(simulator);
    client.defaults.headers.common.Authorization = `Bearer ${await graphTokenOf(client)}`;
  });
  afterAll(() => simulator.close());

  it('are found by object id and by appId, reduced to what was selected', async () => {
    const byId = await client.get<object>(`/v1.0/servicePrincipals/${ids.interlock.principalId}?$select=id,appId`);
    const byAppId = await client.get<object>(
      `/v1.0/servicePrincipals(appId='${ids.interlock.appId}')?$select=id,appId`,
    );
    expect(byId.data).toEqual(byAppId.data);
    expect(byId.data).toEqual({
      '@odata.context': expect.stringContaining('#servicePrincipals(id,appId)/$entity') as string,
      id: ids.interlock.principalId,
      appId: ids.interlock.appId,
    });
  });

  it('show their owners, people only as id and type', async () => {
    const path = `/v1.0/servicePrincipals/${jobs.crossTenant.servicePrincipalId}/owners`;
    const { data } = await client.get<Listed>(path);
    expect(data.value).toEqual([
      expect.objectContaining({ id: ids.interlock.principalId, displayName: 'Interlock' }),
      { '@odata.type': '#microsoft.graph.user', id: ids.user },
    ]);
  });

  it('show what they own', async () => {
    const { data } = await client.get<Listed>(`/v1.0/servicePrincipals/${ids.interlock.principalId}/ownedObjects`);
    const owned = data.value.map(({ id }) => id);
    expect(owned).toContain(jobs.hrInbound.servicePrincipalId);
    expect(owned).not.toContain(jobs.notOwned.servicePrincipalId);
  });

  it('show what they were granted, by the real ids of the app roles', async () => {
    const path = `/v1.0/servicePrincipals/${ids.interlock.principalId}/appRoleAssignments`;
    const { data } = await client.get<{ value: object[] }>(path);
    expect(data.value).toEqual([
      expect.objectContaining({
        appRoleId: graphAppRoles[0].id,
        principalId: ids.interlock.principalId,
        resourceId: ids.graphPrincipal,
      }),
    ]);
  });

  it('are hidden from an app without a permission to read them', async () => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: ids.hrPortal.appId,
      client_secret: hrPortalSecret,
      scope: 'https://graph.microsoft.com/.default',
    });
    const token = await client.post<{ access_token: string }>(`/${ids.tenant}/oauth2/v2.0/token`, form);
    const headers = { authorization: `Bearer ${token.data.access_token}` };
    const reply = await client.get<{ error: { code: string } }>('/v1.0/servicePrincipals', { headers });
    expect([reply.status, reply.data.error.code]).toEqual([403, 'Authorization_RequestDenied']);
  });
});
