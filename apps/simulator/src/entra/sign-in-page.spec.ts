import type { AxiosInstance } from 'axios';
import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { clientOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { consoleSecret, consoleUrl, ids } from '../world/default-world.ts';
import { people } from '../world/people.ts';

const verifier = 'v'.repeat(43);
const redirect_uri = `${consoleUrl}/session/callback`;
const asked = {
  client_id: ids.console.appId,
  redirect_uri,
  response_type: 'code',
  scope: 'openid profile offline_access api://interlock/Jobs.Read api://interlock/Audit.Read',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
  state: 'state',
  nonce: 'nonce',
};

interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
  readonly error_codes: readonly number[];
}

describe('the sign-in of the simulator', () => {
  let now: number;
  let simulator: Simulator;
  let client: AxiosInstance;
  beforeAll(async () => {
    simulator = await startSimulator({ clock: () => now });
    client = clientOf(simulator);
  });
  afterAll(() => simulator.close());
  beforeEach(() => {
    now = Date.now();
  });

  const show = (change: Record<string, string> = {}) =>
    client.get<string>(`/${ids.tenant}/oauth2/v2.0/authorize`, { params: { ...asked, ...change } });
  const codeOf = async (login_hint: string = people.reviewer.userPrincipalName) => {
    const { headers } = await show({ login_hint });
    return new URL(String(headers['location'])).searchParams.get('code') ?? '';
  };
  const redeem = (form: Record<string, string>) =>
    client.post<Tokens>(
      `/${ids.tenant}/oauth2/v2.0/token`,
      new URLSearchParams({
        client_id: ids.console.appId,
        client_secret: consoleSecret,
        grant_type: 'authorization_code',
        redirect_uri,
        code_verifier: verifier,
        ...form,
      }),
    );

  it('lists the people of the tenant, each a link to themselves', async () => {
    const { data } = await show();
    for (const { displayName, userPrincipalName } of Object.values(people)) {
      expect(data).toContain(displayName);
      expect(data).toContain(`login_hint=${encodeURIComponent(userPrincipalName)}`);
    }
  });

  it('gives tokens of the person who was chosen, as Entra writes them', async () => {
    const { data } = await redeem({ code: await codeOf() });
    const [access, id] = [decodeJwt(data.access_token), decodeJwt(data.id_token)];

    expect(access).toMatchObject({
      aud: ids.interlock.appId,
      azp: ids.console.appId,
      azpacr: '1',
      oid: people.reviewer.id,
      scp: 'Jobs.Read Audit.Read',
      roles: people.reviewer.roles,
      ver: '2.0',
    });
    expect(id).toMatchObject({ aud: ids.console.appId, iss: access.iss, nonce: 'nonce', oid: people.reviewer.id });
    expect(id['sid']).toBe(access['sid']);
    expect(id.sub).not.toBe(access.sub);
  });

  it('takes a code once, from its client, with its verifier and in time', async () => {
    const code = await codeOf();
    const codes = async (form: Record<string, string>) => (await redeem(form)).data.error_codes;

    expect(await codes({ code: 'made up' })).toEqual([9002313]);
    expect(await codes({ code, code_verifier: 'other' })).toEqual([501481]);
    expect(await codes({ code, redirect_uri: `${consoleUrl}/` })).toEqual([50011]);
    expect(await codes({ code })).toBeUndefined();
    expect(await codes({ code })).toEqual([54005]);
    const late = await codeOf();
    now += 600_000;
    expect(await codes({ code: late })).toEqual([70008]);
  });

  it('renews tokens until somebody revokes the sign-ins of the person', async () => {
    const { data } = await redeem({ code: await codeOf() });
    const renewal = { grant_type: 'refresh_token', refresh_token: data.refresh_token };

    expect(decodeJwt((await redeem(renewal)).data.access_token)).toMatchObject({ oid: people.reviewer.id });
    simulator.revokeSignIns({ user: people.reviewer.id });
    expect((await redeem(renewal)).data.error_codes).toEqual([50173]);
  });

  it('leads back at once, with nobody signed in, when the page must not be shown', async () => {
    const { status, headers } = await show({ prompt: 'none' });
    const { origin, pathname, searchParams } = new URL(String(headers['location']));

    expect([status, `${origin}${pathname}`]).toEqual([302, redirect_uri]);
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual(['login_required', 'state']);
  });

  it('sends nobody to an address that is not registered', async () => {
    const evil = 'https://evil.example/';
    expect((await show({ redirect_uri: evil })).status).toBe(400);
    const signOut = (post_logout_redirect_uri: string) =>
      client.get(`/${ids.tenant}/oauth2/v2.0/logout`, {
        params: { client_id: ids.console.appId, post_logout_redirect_uri },
      });
    expect((await signOut(evil)).status).toBe(200);
    expect((await signOut(`${consoleUrl}/`)).headers['location']).toBe(`${consoleUrl}/`);
    simulator.allowRedirect({ uri: evil });
    expect((await signOut(evil)).headers['location']).toBe(evil);
  });
});
