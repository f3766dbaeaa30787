import type { AxiosInstance } from 'axios';
import { clientOf, graphTokenOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { jobs } from '../world/default-world.ts';

const path = `/v1.0/servicePrincipals/${jobs.scim.servicePrincipalId}/synchronization/jobs`;
const graphLike = { version: 1, audience: 'graph' } as const;

describe('a bearer token at Graph', () => {
  let now = Date.now();
  let simulator: Simulator;
  let client: AxiosInstance;

  beforeAll(async () => {
    simulator = await startSimulator({ clock: () => now, tokenLifetime: 3600 });
    client = clientOf(simulator);
  });
  afterAll(() => simulator.close());

  const call = async (authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const { status, data, headers: replied } = await client.get<{ error?: { code: string } }>(path, { headers });
    return { status, code: data.error?.code, challenge: replied['www-authenticate'] as unknown };
  };

  it.each([undefined, 'Bearer', 'Bearer not.a.token', 'Basic eDp5'])(
    'is refused when it is %p',
    async (authorization) => {
      expect(await call(authorization)).toMatchObject({
        status: 401,
        code: 'InvalidAuthenticationToken',
        challenge: expect.stringContaining('authorization_uri=') as string,
      });
    },
  );

  it('is taken when it comes from the token endpoint, until it expires', async () => {
    const token = `Bearer ${await graphTokenOf(client)}`;
    expect((await call(token)).status).toBe(200);
    now += 3_600_000;
    expect(await call(token)).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
  });

  it.each([
    ['for another audience', { version: 1, audience: 'api://interlock' }],
    ['of another cloud', { ...graphLike, cloud: 'usgov' }],
    ['signed with an unknown key', { ...graphLike, key: 'unknown' }],
    ["signed with another tenant's key", { ...graphLike, key: 'other-tenant' }],
    ['without a signature', { ...graphLike, algorithm: 'none' }],
    ['signed with the public key as a secret', { ...graphLike, algorithm: 'HS256' }],
    ['that is not valid yet', { ...graphLike, notBeforeIn: 60 }],
  ] as const)('is refused when it is one %s', async (_what, request) => {
    const token = await simulator.mintToken({ ...request, roles: ['Synchronization.ReadWrite.All'] });
    expect(await call(`Bearer ${token}`)).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
  });

  it('is taken in the shape that the refused ones were broken from', async () => {
    const token = await simulator.mintToken({ ...graphLike, roles: ['Synchronization.ReadWrite.All'] });
    expect((await call(`Bearer ${token}`)).status).toBe(200);
  });

  it('is refused once its key is retired', async () => {
    const token = `Bearer ${await graphTokenOf(client)}`;
    expect((await call(token)).status).toBe(200);
    await simulator.rotateKeys({ retireOld: true });
    expect((await call(token)).status).toBe(401);
  });
});
