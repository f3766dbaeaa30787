import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseList } from 'structured-headers';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call, type Reply } from '../support/http-client.ts';
import { Interlock, jobPath } from '../support/interlock.ts';
import { eventsOver } from '../support/recorded-events.ts';

const job = jobs.hrInbound;
const policy = `
version: 1
jobs:
  hr-inbound: { servicePrincipalId: ${job.servicePrincipalId}, jobId: ${job.jobId} }
callers:
  hr-portal: { tenant: ${ids.tenant}, application: ${ids.hrPortal.appId} }
rules:
  - id: portal-may-read
    effect: allow
    callers: [hr-portal]
    actions: [read]
    jobs: [hr-inbound]
    limit: { requests: 2, per: PT1H }
`;

let interlock: Interlock;
let broker: BrokerProcess;
let portal: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  const policyFile = join(interlock.folder, 'limits.yaml');
  writeFileSync(policyFile, policy);
  broker = await interlock.broker({ INTERLOCK_POLICY: policyFile, INTERLOCK_CALLER_LIMIT: '6/PT1H' });
  portal = await interlock.hrPortal();
});
afterAll(() => interlock.stop());

const read = (path = jobPath(job)) => call(broker.url + path, { token: portal });

/** The limits of a reply, by name, as a client reads them. */
function limitsOf({ headers }: Reply, field: 'ratelimit' | 'ratelimit-policy') {
  const limits: Record<string, unknown> = {};
  for (const [name, parameters] of parseList(headers[field] ?? '')) {
    if (typeof name === 'string') limits[name] = Object.fromEntries<unknown>(parameters);
  }
  return limits;
}

describe('callers', () => {
  it('are told their limits and what is left, and refused beyond, on the routes of Graph in its words', async () => {
    const first = await read();
    expect(first.status).toBe(200);
    const policies = { caller: { q: 6, w: 3600 }, 'rule:portal-may-read': { q: 2, w: 3600 } };
    expect(limitsOf(first, 'ratelimit-policy')).toEqual(policies);
    const left = (r: number) => ({ r, t: expect.any(Number) as number });
    expect(limitsOf(first, 'ratelimit')).toEqual({ caller: left(5), 'rule:portal-may-read': left(1) });
    await read();
    const refused = await read();
    expect(refused).toMatchObject({ status: 429, code: 'rate_limited', data: { error: { code: 'TooManyRequests' } } });
    expect(limitsOf(refused, 'ratelimit-policy')).toEqual(policies);
    expect(limitsOf(refused, 'ratelimit')).toEqual({ caller: left(3), 'rule:portal-may-read': left(0) });
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(3600);
    expect(interlock.cloud.journal({ operation: 'job.get' })).toHaveLength(2);
  });

  it('are held to their own limit on every route, and to no one else’s', async () => {
    const replies = [];
    for (let times = 0; times < 4; times++) replies.push(await read('/api/me'));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(replies.at(-1)?.data).toMatchObject({ code: 'rate_limited', 'violated-policies': ['caller'] });
    expect(await read('/no-such-route')).toMatchObject({ status: 429 });
    const reviewer = await interlock.reviewer();
    const denials = await eventsOver(broker.url, reviewer, 'type:request.denied');
    expect(denials.map(({ deny_code, rule_id }) => [deny_code, rule_id])).toEqual([
      ['rate_limited', 'portal-may-read'],
      ['rate_limited', undefined],
      ['rate_limited', undefined],
    ]);
    expect(await call(`${broker.url}/health/live`)).toMatchObject({ status: 200 });
  });
});
