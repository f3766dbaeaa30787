import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';

let interlock: Interlock;
let broker: BrokerProcess;

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker();
});
afterAll(() => interlock.stop());

describe('GET /api/me', () => {
  it('tells an application who it is and what it may do to which job, with what that takes', async () => {
    const { status, data } = await call(`${broker.url}/api/me`, { token: await interlock.hrPortal() });

    expect(status).toBe(200);
    expect(data).toMatchObject({
      caller: {
        kind: 'application',
        tenantId: ids.tenant,
        objectId: ids.hrPortal.principalId,
        clientId: ids.hrPortal.appId,
      },
      rights: ['Jobs.Read', 'Jobs.Pause'],
      knownAs: ['hr-portal'],
      jobs: [
        {
          alias: 'hr-inbound',
          ...jobs.hrInbound,
          tags: ['hr'],
          actions: {
            read: { verdict: 'allowed', rule: 'hr-portal-may-read' },
            pause: { verdict: 'needs', needs: ['reason: at least 15 characters', 'ticket: must match CHG[0-9]{7}'] },
            start: { verdict: 'denied', code: 'insufficient_scope' },
          },
        },
        { alias: 'scim' },
        { alias: 'not-owned' },
      ],
    });
  });

  it('tells a person what the token says of them', async () => {
    const token = await interlock.cloud.mintToken({ kind: 'user', scopes: ['Jobs.Read'] });
    const { data } = await call(`${broker.url}/api/me`, { token });

    expect(data).toMatchObject({ caller: { kind: 'user', objectId: ids.user, scopes: ['Jobs.Read'] }, jobs: [] });
  });

  it('shows a stranger with a valid token nothing of the catalog', async () => {
    const token = await interlock.cloud.mintToken({ application: ids.stranger.appId, roles: ['Jobs.Pause'] });
    const { data } = await call(`${broker.url}/api/me`, { token });

    expect(data).toMatchObject({ rights: ['Jobs.Pause'], knownAs: [], jobs: [] });
  });

  it('needs a token', async () => {
    expect((await call(`${broker.url}/api/me`)).status).toBe(401);
  });
});

describe('a broker without a console', () => {
  it('has no addresses of sessions, and no page', async () => {
    const token = await interlock.hrPortal();
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/console'],
      ['GET', '/console/audit'],
      ['GET', '/session'],
      ['GET', '/session/login'],
      ['GET', '/session/callback'],
      ['POST', '/session/logout'],
      ['POST', '/session/backchannel-logout'],
    ] as const) {
      expect((await call(broker.url + path, { method, token })).code).toBe('route_not_found');
    }
  });

  it('takes a cookie for nothing: it neither helps a request nor harms it', async () => {
    const headers = { cookie: `__Host-interlock-session=${'A'.repeat(43)}`, 'interlock-console': '1' };

    expect((await call(`${broker.url}/api/me`, { headers })).code).toBe('token_missing');
    expect((await call(`${broker.url}/api/me`, { headers, token: await interlock.hrPortal() })).status).toBe(200);
  });
});
