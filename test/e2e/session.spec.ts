import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleUrl, ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import { people } from '../../apps/simulator/src/world/people.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { Browser, consoleSettings, sessionCookie, signInCookie } from '../support/console.ts';
import { call } from '../support/http-client.ts';
import { Interlock, jobsPath } from '../support/interlock.ts';
import { testPolicy } from '../support/policy-file.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { eventsOver } from '../support/recorded-events.ts';

let interlock: Interlock;
let broker: BrokerProcess;
let database: TestPostgres;
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  [interlock, database] = await Promise.all([Interlock.start(), startPostgres()]);
  const policy = join(interlock.folder, 'people.yaml');
  const operators = `operators: { tenant: ${ids.tenant}, role: Jobs.Pause }\n`;
  writeFileSync(
    policy,
    testPolicy
      .replace('callers:\n', `callers:\n  ${operators}`)
      .replaceAll('[hr-portal, sync-admins]', '[hr-portal, sync-admins, operators]'),
  );
  settings = { ...consoleSettings, INTERLOCK_POLICY: policy, DATABASE_URL: database.url };
  broker = await interlock.broker(settings);
});
afterAll(async () => {
  await interlock.stop();
  await database.stop();
});

const browser = () => new Browser(broker.url, interlock.cloud);
const events = async () => eventsOver(broker.url, await interlock.reviewer());

/** The row of a browser's session. */
const rowOf = (mine: Browser) => `where digest = '${hash('sha256', mine.session ?? '')}'`;

/** The event that records the start of a browser's session. */
async function startOf(mine: Browser): Promise<unknown> {
  const [row] = await database.sql(`select started_by from console_session ${rowOf(mine)}`);
  return row?.['started_by'];
}

/** How that session ended, as soon as it is on record: a round of the broker may be at it just then. */
async function endOf(start: unknown): Promise<unknown> {
  for (;;) {
    const end = (await events()).find(({ type, parent }) => type === 'session.ended' && parent === start);
    if (end !== undefined) return end['ending'];
  }
}

async function signedIn(person: { readonly userPrincipalName: string } = people.operator): Promise<Browser> {
  const mine = browser();
  const { status } = await mine.signIn(person);
  expect(status).toBe(303);
  return mine;
}

describe('somebody who signs in', () => {
  it('is sent on to where they wanted to go, with a cookie that no script and no other site can use', async () => {
    const mine = browser();
    const { status, headers } = await mine.signIn(people.operator, '/jobs?q=hr#top');

    expect(status).toBe(303);
    expect(headers['location']).toBe('/jobs?q=hr#top');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect([...mine.cookies.keys()]).toEqual([sessionCookie]);
    expect(mine.session).toMatch(/^[\w-]{43}$/);
    expect(mine.cookies.get(sessionCookie)?.attributes).toEqual(
      new Set(['path=/', 'httponly', 'secure', 'samesite=strict']),
    );
  });

  it('asks Entra for a code with PKCE, a state and a nonce, and for the scopes of our API', async () => {
    const address = new URL(await browser().beginSignIn());
    const asked = Object.fromEntries(address.searchParams);

    expect(address.href).toContain(`${interlock.cloud.url}/${ids.tenant}/oauth2/v2.0/authorize?`);
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: ids.console.appId,
      redirect_uri: `${consoleUrl}/session/callback`,
      code_challenge_method: 'S256',
    });
    expect([asked['state'], asked['nonce'], asked['code_challenge']]).toEqual(
      Array(3).fill(expect.stringMatching(/^[\w-]{43}$/)),
    );
    expect(asked['scope']).toMatch(/^openid profile offline_access api:\/\/interlock\/Jobs\.Read /);
  });

  it('sees who they are, what they may do and how long it lasts', async () => {
    const { status, data } = await (await signedIn(people.reviewer)).ask('/session');

    expect(status).toBe(200);
    expect(data).toMatchObject({
      name: 'Rui Tanaka',
      username: 'rui.tanaka@contoso.example',
      rights: expect.arrayContaining(['Audit.Read', 'Policy.Read']) as unknown,
      requires: { header: 'Interlock-Console', value: '1', origin: consoleUrl },
    });
    expect(data).not.toMatchObject({ rights: expect.arrayContaining(['Audit.Disclose']) as unknown });
    const { idleAt, endsAt } = data as { idleAt: string; endsAt: string };
    expect(Date.parse(endsAt) - Date.parse(idleAt)).toBe(7.5 * 3_600_000);
  });

  it('is a caller like any other: same rights, same policy, same record', async () => {
    const mine = await signedIn();
    const { data } = await mine.ask('/api/jobs');
    const path = `/api/jobs/hr-inbound/pause`;
    const refused = await mine.ask(path, { method: 'POST', body: { reason: 'too short' } });
    const paused = await mine.ask(path, {
      method: 'POST',
      body: { reason: 'HR import would disable half of sales', ticket: 'CHG0012345' },
    });

    expect(JSON.stringify(data)).toContain(jobs.hrInbound.jobId);
    expect([refused.status, refused.code]).toEqual([403, 'requirement_missing']);
    expect(paused.status).toBeLessThan(300);
    const intent = (await events()).findLast(({ type }) => type === 'pause.intent');
    expect(intent?.actor).toMatchObject({ kind: 'user', app_id: ids.console.appId, roles: people.operator.roles });
  });

  it('without a role signs in and may do nothing', async () => {
    const mine = await signedIn(people.nobody);

    expect((await mine.ask('/api/audit/events')).code).toBe('insufficient_scope');
    expect((await mine.ask('/api/jobs')).data).toMatchObject({ items: [] });
  });

  it('never gets a token into the browser', async () => {
    const mine = await signedIn();
    const replies = [await mine.ask('/session'), await mine.ask('/api/me'), await mine.ask('/api/jobs')];
    const seen = JSON.stringify([replies.map(({ data, headers }) => [data, headers]), [...mine.cookies]]);

    for (const token of interlock.cloud.credentials().issued) expect(seen).not.toContain(token);
    expect(broker.output()).not.toContain(mine.session);
  });

  it('is on record with the start of the session, names sealed', async () => {
    await signedIn(people.both);
    const started = (await events()).findLast(({ type }) => type === 'session.started');

    expect(started).toMatchObject({ code: 'SES01I', actor: { kind: 'user', app_id: ids.console.appId } });
    expect(JSON.stringify(started)).not.toMatch(/Lindqvist/i);
  });
});

describe('a session', () => {
  it('is renewed ahead of the expiry of its access token, by one request to Entra for all who wait', async () => {
    interlock.cloud.setUserTokenLifetime({ seconds: 120 });
    const mine = await signedIn();
    interlock.cloud.setUserTokenLifetime({ seconds: 3600 });
    const asked = () =>
      interlock.cloud.journal({ operation: 'token' }).filter(({ caller }) => caller?.appId === ids.console.appId)
        .length;
    const before = asked();
    const replies = await Promise.all([mine.ask('/api/me'), mine.ask('/api/me'), mine.ask('/session')]);
    await mine.ask('/api/me');

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(asked()).toBe(before + 1);
  });

  it('ends half an hour after its last use, and asking for it is no use', async () => {
    const mine = await signedIn();
    const start = await startOf(mine);
    await database.sql(`update console_session set seen_at = seen_at - ${29 * 60_000} ${rowOf(mine)}`);
    expect((await mine.ask('/session')).status).toBe(200);
    await database.sql(`update console_session set seen_at = seen_at - 60000 ${rowOf(mine)}`);

    expect((await mine.ask('/api/me')).code).toBe('session_ended');
    expect(await endOf(start)).toEqual({ kind: 'idle' });
  });

  it('ends eight hours after the sign-in, however much it is used', async () => {
    const mine = await signedIn();
    const [row] = await database.sql(`select ends_at - signed_in_at as length from console_session ${rowOf(mine)}`);
    expect(Number(row?.['length'])).toBe(8 * 3_600_000);
    await database.sql(`update console_session set ends_at = ends_at - ${8 * 3_600_000} ${rowOf(mine)}`);

    expect((await mine.ask('/api/me')).code).toBe('session_ended');
  });

  it('cannot be taken over by who writes the database: tokens of another row open nothing', async () => {
    const [mine, other] = [await signedIn(people.nobody), await signedIn(people.both)];
    await database.sql(
      `update console_session set (nonce, content) =
        (select nonce, content from console_session ${rowOf(other)}) ${rowOf(mine)}`,
    );

    expect((await mine.ask('/api/me')).code).toBe('session_ended');
  });

  it('shows nothing of its person or its tokens to who reads the database', async () => {
    const mine = await signedIn(people.both);
    const rows = await database.sql('select * from console_session');
    const seen = rows.map((row) =>
      Object.values(row)
        .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
        .join(),
    );

    expect(rows.length).toBeGreaterThan(0);
    const wanted = [mine.session, 'indqvist', 'accessToken', ...interlock.cloud.credentials().issued];
    expect(wanted.filter((each) => each !== undefined && seen.some((row) => row.includes(each)))).toEqual([]);
  });

  it('is good on every replica, also where the console proves itself by a certificate', async () => {
    const { certificate, privateKey } = await interlock.cloud.rotateCertificate({ application: ids.console.appId });
    const pem = join(interlock.folder, 'console.pem');
    writeFileSync(pem, certificate + privateKey);
    const replica = await interlock.broker({
      ...settings,
      INTERLOCK_CONSOLE_CLIENT_SECRET: '',
      INTERLOCK_CONSOLE_CERTIFICATE_PATH: pem,
    });
    const mine = new Browser(replica.url, interlock.cloud);
    expect((await mine.signIn(people.operator)).status).toBe(303);
    const there = new Browser(broker.url, interlock.cloud);
    for (const [name, cookie] of mine.cookies) there.cookies.set(name, cookie);

    expect((await there.ask('/session')).data).toMatchObject({ name: 'Olga Marsh' });
    expect((await there.ask('/session/logout', { method: 'POST' })).status).toBe(200);
    expect((await mine.ask('/api/me')).code).toBe('session_ended');
    await replica.stop();
  });

  it('ends when Entra refuses to renew it', async () => {
    interlock.cloud.setUserTokenLifetime({ seconds: 120 });
    const mine = await signedIn(people.both);
    interlock.cloud.setUserTokenLifetime({ seconds: 3600 });
    interlock.cloud.revokeSignIns({ user: people.both.id });
    const start = await startOf(mine);

    expect((await mine.ask('/api/me')).code).toBe('session_ended');
    expect(await endOf(start)).toEqual({ kind: 'renewal_refused' });
  });

  it('ends with the sign-out, on the server too, and leads to the sign-out at Entra', async () => {
    const mine = await signedIn();
    const stolen = `${sessionCookie}=${mine.session ?? ''}`;
    const start = await startOf(mine);
    const { status, data } = await mine.ask('/session/logout', { method: 'POST' });

    expect(status).toBe(200);
    const { signOutAddress } = data as { signOutAddress: string };
    expect(await mine.chooseAt(signOutAddress, '')).toBe('/');
    expect(mine.session).toBeUndefined();
    expect((await mine.ask('/session', { headers: { cookie: stolen } })).code).toBe('session_ended');
    expect(await endOf(start)).toEqual({ kind: 'signed_out' });
  });

  it('ends when Entra says so, in every browser that has it', async () => {
    const [mine, other] = [await signedIn(people.reviewer), await signedIn(people.operator)];
    const sid = interlock.cloud.signIns().findLast(({ userId }) => userId === people.reviewer.id)?.sid;
    const url = `${broker.url}/session/backchannel-logout`;

    expect(await interlock.cloud.sendLogout({ url, sid: sid ?? '' })).toBe(200);
    expect((await mine.ask('/session')).code).toBe('session_ended');
    expect((await other.ask('/session')).status).toBe(200);
    expect(await interlock.cloud.sendLogout({ url, user: people.operator.id })).toBe(200);
    expect((await other.ask('/session')).code).toBe('session_ended');
  });

  it('is not ended by a logout token that is not sound or was used before', async () => {
    const url = `${broker.url}/session/backchannel-logout`;
    const send = (logout_token: string) =>
      call(url, {
        method: 'POST',
        body: new URLSearchParams({ logout_token }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const { cloud } = interlock;
    const user = people.operator.id;
    const used = cloud.mintLogoutToken({ user });
    expect((await send(used)).status).toBe(200);
    const mine = await signedIn();
    const bad = [
      used,
      cloud.mintLogoutToken({ user, application: ids.interlock.appId }),
      cloud.mintLogoutToken({ user, claims: { nonce: 'n' } }),
      cloud.mintLogoutToken({ user, tenant: ids.otherTenant }),
      cloud.mintLogoutToken({ user, header: { typ: 'JWT' } }),
      'no token',
    ];

    for (const token of bad) expect((await send(token)).code).toBe('logout_token_invalid');
    expect((await mine.ask('/session')).status).toBe(200);
  });
});

describe('a forged request', () => {
  it('without the header of the console is refused, whatever its method', async () => {
    const mine = await signedIn();
    const replies = await Promise.all([
      mine.ask('/api/me', { cause: 'navigation' }),
      mine.ask('/api/jobs/hr-inbound/start', { method: 'POST', cause: 'navigation' }),
      mine.ask('/session/logout', { method: 'POST', cause: 'navigation' }),
    ]);

    expect(replies.map(({ code }) => code)).toEqual(Array(3).fill('console_header_missing'));
    expect((await mine.ask('/session')).status).toBe(200);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a sister host', { origin: 'https://other.console.example', 'sec-fetch-site': 'same-site' }],
    ['a page that hides its origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['an origin without fetch metadata', { origin: 'https://evil.example', 'sec-fetch-site': '' }],
    ['nowhere', { 'sec-fetch-site': 'none' }],
  ])('with a stolen cookie from %s is refused', async (_from, headers) => {
    const mine = await signedIn();

    for (const { status, code } of [
      await mine.ask('/api/me', { headers }),
      await mine.ask('/api/jobs/hr-inbound/start', { method: 'POST', headers }),
      await mine.ask('/session/logout', { method: 'POST', headers }),
    ]) {
      expect([status, code]).toEqual([403, 'origin_not_allowed']);
    }
  });

  it('of a client that says nothing of where it comes from is refused', async () => {
    const mine = await signedIn();
    const headers = { 'interlock-console': '1', cookie: `${sessionCookie}=${mine.session ?? ''}` };

    expect((await call(`${broker.url}/api/me`, { headers })).code).toBe('origin_not_allowed');
  });

  it('is not helped by CORS: no other origin is let in', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-headers': 'interlock-console' };
    const reply = await call(`${broker.url}/api/me`, { method: 'OPTIONS', headers });

    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('with a session and a token at once is refused', async () => {
    const mine = await signedIn();
    const { status, code } = await mine.ask('/api/me', {
      headers: { authorization: `Bearer ${await interlock.hrPortal()}` },
    });

    expect([status, code]).toEqual([400, 'credentials_conflict']);
  });

  it('finds no session on the Graph-shaped routes and the log', async () => {
    const mine = await signedIn(people.both);

    for (const path of [jobsPath(jobs.hrInbound.servicePrincipalId), '/log/tile/entries/000.p/1']) {
      expect((await mine.ask(path)).code).toBe('token_missing');
    }
  });

  it('with an id that was guessed or is malformed is refused', async () => {
    for (const value of ['A'.repeat(43), 'x', '', `${'A'.repeat(42)}!`]) {
      const reply = await browser().ask('/api/me', { headers: { cookie: `${sessionCookie}=${value}` } });
      expect([reply.status, reply.code]).toEqual([401, 'session_ended']);
    }
  });
});

describe('a forged sign-in', () => {
  it.each([
    'https://evil.example',
    '//evil.example',
    String.raw`/\evil.example`,
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('that leads to %j is refused', async (returnTo) => {
    const query = new URLSearchParams({ returnTo });
    const { status, code } = await browser().ask(`/session/login?${query.toString()}`, { cause: 'navigation' });

    expect([status, code]).toEqual([400, 'return_to_refused']);
  });

  it('of an attacker’s account cannot be completed in the browser of a victim', async () => {
    const attacker = browser();
    const back = await attacker.chooseAt(await attacker.beginSignIn(), people.nobody.userPrincipalName);
    const victim = browser();

    expect((await victim.comeBack(back)).code).toBe('sign_in_stale');
    await victim.beginSignIn();
    expect((await victim.comeBack(back)).code).toBe('sign_in_stale');
    expect(victim.session).toBeUndefined();
  });

  it('cannot be made with a cookie of another sign-in, a changed one or none', async () => {
    const [mine, other] = [browser(), browser()];
    const back = await mine.chooseAt(await mine.beginSignIn(), people.operator.userPrincipalName);
    await other.beginSignIn();
    const { value = '' } = other.cookies.get(signInCookie) ?? {};
    const own = mine.cookies.get(signInCookie)?.value ?? '';

    for (const forged of [value, `${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}x`, '']) {
      const reply = await other.ask(back, { headers: { cookie: `${signInCookie}=${forged}` } });
      expect([reply.status, reply.code]).toEqual([400, 'sign_in_stale']);
    }
    expect((await mine.comeBack(back)).status).toBe(303);
  });

  it('cannot be replayed: neither the address nor the cookies of a finished one open a second session', async () => {
    const mine = browser();
    const back = await mine.chooseAt(await mine.beginSignIn(), people.operator.userPrincipalName);
    const cookie = `${signInCookie}=${mine.cookies.get(signInCookie)?.value ?? ''}`;
    expect((await mine.comeBack(back)).status).toBe(303);

    expect((await mine.comeBack(back)).code).toBe('sign_in_stale');
    expect((await browser().ask(back, { headers: { cookie } })).code).toBe('sign_in_refused');
  });

  it('cannot use a new code with the state of a finished one', async () => {
    const mine = browser();
    const address = await mine.beginSignIn();
    const [first, second] = [
      await mine.chooseAt(address, people.operator.userPrincipalName),
      await mine.chooseAt(address, people.operator.userPrincipalName),
    ];
    const cookie = `${signInCookie}=${mine.cookies.get(signInCookie)?.value ?? ''}`;
    expect((await mine.comeBack(first)).status).toBe(303);

    expect((await browser().ask(second, { headers: { cookie } })).code).toBe('sign_in_stale');
  });

  it('cannot fix the id of the session: a planted one is replaced, and opens nothing', async () => {
    const planted = 'A'.repeat(43);
    const victim = browser();
    victim.cookies.set(sessionCookie, { value: planted, attributes: new Set(['samesite=lax']) });
    await victim.signIn(people.operator);

    expect(victim.session).not.toBe(planted);
    const attacker = await browser().ask('/session', { headers: { cookie: `${sessionCookie}=${planted}` } });
    expect(attacker.code).toBe('session_ended');
  });

  it('by somebody who is signed in already gives a new id and ends the old session', async () => {
    const mine = await signedIn();
    const old = `${sessionCookie}=${mine.session ?? ''}`;
    const start = await startOf(mine);
    await mine.signIn(people.operator);

    expect((await mine.ask('/session', { headers: { cookie: old } })).code).toBe('session_ended');
    expect((await mine.ask('/session')).status).toBe(200);
    expect(await endOf(start)).toEqual({ kind: 'replaced' });
  });

  it('that Entra refuses opens no session', async () => {
    const mine = browser();
    const state = new URL(await mine.beginSignIn()).searchParams.get('state') ?? '';
    const refused = await mine.comeBack(`/session/callback?error=access_denied&state=${state}`);

    expect([refused.status, refused.code]).toEqual([403, 'sign_in_refused']);
    expect(JSON.stringify(refused.data)).not.toContain('access_denied');
    expect(mine.session).toBeUndefined();
  });
});
