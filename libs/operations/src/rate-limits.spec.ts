import { type Quota, type RateLimit, RateLimiter, parseJobRef } from '#kernel';
import { type Policy, readPolicy } from '#policy';
import { FakeClock, MemoryRecorder, someApplication, someRequest } from '#testing';
import { Authorization } from './authorization.ts';
import { type CountedLimit, RateLimited, RateLimits } from './rate-limits.ts';
import { Refusals } from './refusals.ts';

const minute = 60_000;
const caller = someApplication();
const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
const asked = { request: someRequest(), caller, justification: {} };

class CountingLimiter extends RateLimiter {
  readonly #counts = new Map<string, number>();

  override take(key: string, { requests }: RateLimit): Promise<Quota> {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return Promise.resolve({
      within: count <= requests,
      remaining: Math.max(0, requests - count),
      resetMillis: 1_500,
    });
  }
}

function setUp(perCaller?: RateLimit) {
  const audit = new MemoryRecorder();
  const refusals = new Refusals(audit, new FakeClock(), { burst: 2, perSecond: 1, summaryMillis: minute });
  const limits = new RateLimits({
    limiter: new CountingLimiter(),
    refusals,
    ...(perCaller !== undefined && { perCaller }),
  });
  const told: CountedLimit[] = [];
  return { audit, refusals, limits, told, tell: (counted: CountedLimit) => told.push(counted) };
}

function policyOf(...rules: readonly string[]): Policy {
  const text = `
version: 1
jobs: { hr: { servicePrincipalId: ${job.servicePrincipalId}, jobId: job } }
callers: { portal: { tenant: ${caller.tenantId}, application: ${caller.clientId} } }
rules: [${rules.join(', ')}]`;
  const reading = readPolicy(Buffer.from(text), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.policy;
}

const limited = (id: string, more = '') =>
  `{ id: ${id}, effect: allow, callers: [portal], actions: [read, pause], jobs: [hr], limit: { requests: 1, per: PT1M }${more} }`;

describe('the limit of a caller', () => {
  it('is of each caller by itself, over all of its requests', async () => {
    const { limits, told, tell } = setUp({ requests: 1, perMillis: minute });
    await limits.countRequest(caller, someRequest(), tell);
    await limits.countRequest(someApplication(2), someRequest(), tell);
    const refused = limits.countRequest(caller, someRequest({ route: '/another' }), tell);
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited', eventId: 'event-0' });
    expect(told.map(({ name, quota }) => [name, quota.remaining])).toEqual([
      ['caller', 0],
      ['caller', 0],
      ['caller', 0],
    ]);
  });

  it('is recorded one by one up to a rate and counted beyond it, and does not hide the refusals of strangers', async () => {
    const { audit, refusals, limits, tell } = setUp({ requests: 1, perMillis: minute });
    for (let sent = 0; sent < 6; sent++) {
      await limits.countRequest(caller, someRequest(), tell)?.catch((error: unknown) => {
        expect(error).toBeInstanceOf(RateLimited);
      });
    }
    await refusals.record({ request: someRequest(), code: 'token_missing', status: 401 });
    await refusals.close();
    expect(audit.events).toMatchObject([
      { type: 'request.denied', status: 429, caller, decision: { denyCode: 'rate_limited' } },
      { type: 'request.denied', status: 429 },
      { type: 'request.denied', status: 401 },
      { type: 'requests.refused', counts: { rate_limited: 3 } },
    ]);
  });

  it('costs nothing where there is none', async () => {
    const { audit, limits, told, tell } = setUp();
    for (let sent = 0; sent < 3; sent++) await limits.countRequest(caller, someRequest(), tell);
    expect([audit.events, told]).toEqual([[], []]);
  });
});

describe('the limit of a rule', () => {
  it('is counted when the rule allows something, and refuses beyond it before anything else is recorded', async () => {
    const { audit, limits, told, tell } = setUp();
    const policy = policyOf(limited('may'));
    const authorization = new Authorization(() => policy, audit, new FakeClock(), undefined, limits);
    authorization.judge('pause', job, asked);
    await authorization.authorize('pause', job, { ...asked, tellLimit: tell });
    expect(audit.events).toEqual([]);
    const refused = authorization.authorize('read', job, { ...asked, tellLimit: tell });
    await expect(refused).rejects.toMatchObject({ code: 'rate_limited', counted: { name: 'rule:may' } });
    expect(audit.events).toMatchObject([
      { action: 'read', resource: job, decision: { effect: 'deny', rule: 'may', denyCode: 'rate_limited' } },
    ]);
    expect(told.map(({ name, limit }) => [name, limit])).toEqual([
      ['rule:may', { requests: 1, perMillis: minute }],
      ['rule:may', { requests: 1, perMillis: minute }],
    ]);
  });

  it('does not bind what another rule allows without one, whatever their order', async () => {
    const free = '{ id: free, effect: allow, callers: [portal], actions: [pause], jobs: [hr] }';
    for (const policy of [policyOf(limited('may'), free), policyOf(free, limited('may'))]) {
      const { audit, limits, told, tell } = setUp();
      const authorization = new Authorization(() => policy, audit, new FakeClock(), undefined, limits);
      const { decision } = await authorization.authorize('pause', job, { ...asked, tellLimit: tell });
      expect([decision.rule, told]).toEqual(['free', []]);
    }
  });

  it('raises no alarm of broken glass beyond it', async () => {
    const { audit, limits } = setUp();
    const glass = limited('glass', ', breakGlass: true').replace('read, ', '');
    const policy = policyOf(glass);
    const authorization = new Authorization(() => policy, audit, new FakeClock(), undefined, limits);
    const reasoned = { ...asked, justification: { reason: 'fire' } };
    await authorization.authorize('pause', job, reasoned);
    await expect(authorization.authorize('pause', job, reasoned)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(audit.types).toEqual(['policy.break_glass_used', 'request.denied']);
  });
});
