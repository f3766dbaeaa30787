import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { type IssuerServer, startIssuerServer } from '../support/issuer-server.ts';
import { goodJustification } from '../support/policy-file.ts';
import { verifiedEvents } from '../support/recorded-events.ts';
import { ourAppIdUri, ourClientId, ourTenant } from '../support/token-issuer.ts';
import { hostileTokens } from './hostile-tokens.ts';

let interlock: Interlock;
let issuerServer: IssuerServer;
let broker: BrokerProcess;
let environment: Record<string, string>;

beforeAll(async () => {
  [interlock, issuerServer] = await Promise.all([Interlock.start(), startIssuerServer()]);
  writeFileSync(join(interlock.folder, 'ca.pem'), issuerServer.caPem + interlock.cloud.caPem);
  environment = interlock.environment({
    AZURE_AUTHORITY_HOST: issuerServer.url,
    INTERLOCK_CALLER_TENANTS: ourTenant,
    INTERLOCK_AUDIENCES: `${ourClientId},${ourAppIdUri}`,
  });
  broker = await interlock.broker(environment);
});
afterAll(async () => {
  await interlock.stop();
  await issuerServer.close();
});

describe('over HTTP', () => {
  it('a sound token of the same issuer gets to the policy, so that the others fail for their own fault', async () => {
    const { issuer } = issuerServer;
    const token = await issuer.mint(issuer.claims('2.0', 'application', { roles: ['Jobs.Pause'] }));
    const reply = await call(broker.url + pausePath, { method: 'POST', token, body: goodJustification });

    expect([reply.status, reply.code]).toEqual([403, 'no_matching_rule']);
  });

  it.each(hostileTokens)('$name is refused with 401 $code', async ({ code, mint }) => {
    const token = await mint(issuerServer.issuer);
    const reply = await call(broker.url + pausePath, { method: 'POST', token, body: goodJustification });

    expect([reply.status, reply.code]).toEqual([401, code]);
    expect(reply.headers['www-authenticate']).toMatch(/^Bearer .*error="invalid_token"/);
  });

  it('none of them reached the policy or Graph', async () => {
    expect(await broker.stop()).toBe(0);
    const events = await verifiedEvents(environment);
    const refused = events.filter(({ deny_code }) => hostileTokens.some(({ code }) => code === deny_code));

    expect(refused.length).toBeGreaterThan(50);
    expect(refused.filter((event) => 'policy' in event || event.actor?.kind !== 'anonymous')).toEqual([]);
    expect(events.filter(({ type }) => /^(?!self-check).*(intent|outcome)/.test(type))).toEqual([]);
    expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
  });
});
