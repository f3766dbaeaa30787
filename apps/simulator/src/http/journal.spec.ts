import { createHash } from 'node:crypto';
import { connect } from 'node:tls';
import { clientOf, graphTokenOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { ids, jobs } from '../world/default-world.ts';

describe('the journal', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ journalCapacity: 4 });
  });
  afterAll(() => simulator.close());
  beforeEach(() => {
    simulator.clearJournal();
  });

  it('knows the caller and hides the credential', async () => {
    const client = clientOf(simulator);
    const authorization = `Bearer ${await graphTokenOf(client)}`;
    const path = `/v1.0/servicePrincipals/${jobs.scim.servicePrincipalId}/synchronization/jobs`;
    await client.get(`${path}?$top=1`, { headers: { authorization } });
    const [token, list] = simulator.journal();
    expect(token).toMatchObject({ service: 'entra', operation: 'token', method: 'POST', status: 200, applied: false });
    expect(list).toMatchObject({
      sequence: token!.sequence + 1,
      path,
      operation: 'job.list',
      caller: { tenantId: ids.tenant, appId: ids.interlock.appId, objectId: ids.interlock.principalId },
      headers: { authorization: `sha256:${createHash('sha256').update(authorization).digest('hex')}` },
    });
    expect(JSON.stringify(simulator.journal())).not.toContain(authorization.slice(7));
  });

  it('shows the path as it was sent, neither decoded nor normalised', async () => {
    const path = `/v1.0/servicePrincipals/${ids.user}/synchronization/jobs/..%2f..%2fsecrets/../pause`;
    const { port } = new URL(simulator.url);
    const socket = connect({ host: '127.0.0.1', port: Number(port), ca: simulator.caPem, servername: 'localhost' });
    socket.write(`POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    await simulator.whenArrived({ path: 'secrets' });
    socket.destroy();
    expect(simulator.journal()).toEqual([expect.objectContaining({ path, operation: 'unknown', dangerous: true })]);
  });

  it('keeps the latest entries when there are too many', async () => {
    const client = clientOf(simulator);
    for (let n = 0; n < 20; n++) await client.get('/common/discovery/instance');
    const kept = simulator.journal().map(({ sequence }) => sequence);
    expect(kept.length).toBeGreaterThanOrEqual(4);
    expect(kept.length).toBeLessThan(8);
    expect(simulator.journal({ after: kept.at(-1)! })).toEqual([]);
  });

  it('marks a refused write as not applied', async () => {
    const client = clientOf(simulator);
    await client.post(`/v1.0/servicePrincipals/${ids.user}/synchronization/jobs/x/pause`);
    expect(simulator.journal()).toEqual([
      expect.objectContaining({ operation: 'job.pause', status: 401, applied: false }),
    ]);
  });
});
