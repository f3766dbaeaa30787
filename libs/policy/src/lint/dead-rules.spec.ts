import {
  type Action,
  actions,
  type Caller,
  ClientId,
  type EpochMillis,
  ObjectId,
  readJobId,
  ServicePrincipalId,
} from '#kernel';
import fc from 'fast-check';
import { applicationOf, personOf, stranger } from '../analysis/known-callers.ts';
import type { PolicyRequest } from '../decision.ts';
import { readPolicy } from '../file/read-policy.ts';
import { type DeadRule, deadRules } from './dead-rules.ts';

/* Beside a search that knows nothing of rules: it asks the policy everything that can be asked, and looks. */

const guid = (n: number) => `70000000-0000-4000-8000-00000000000${n}`;
const app = ClientId.parse(guid(5), 'client');
const tenantId = applicationOf(stranger.tenantId, app).tenantId;
const portal = { tenant: tenantId, application: app };
const callers = {
  portal,
  ann: { tenant: tenantId, user: guid(6) },
  ops: { tenant: tenantId, role: 'Ops' },
  'ops-by-portal': { tenant: tenantId, role: 'Ops', via: app },
};
const catalog = {
  one: { servicePrincipalId: guid(1), jobId: 'one', tags: ['red'] },
  two: { servicePrincipalId: guid(1), jobId: 'two', tags: ['red'] },
  rest: { servicePrincipalId: guid(1) },
  other: { servicePrincipalId: guid(2), jobId: 'one' },
};

const person = personOf(tenantId);
const ann = ObjectId.parse(guid(6), 'user');
const people: readonly Caller[] = [person.objectId, ann].flatMap((objectId) =>
  [person.clientId, app].flatMap((clientId) =>
    [[], ['Ops']].map((roles) => ({ ...person, objectId, clientId, roles })),
  ),
);
const everybody = [stranger, applicationOf(tenantId, app), ...people];
const targets = [1, 2, 3].flatMap((n) =>
  [undefined, 'one', 'two', 'three'].map((job) => {
    const jobId = job === undefined ? undefined : readJobId(job);
    const servicePrincipalId = ServicePrincipalId.parse(guid(n), 'servicePrincipalId');
    return { servicePrincipalId, ...(jobId !== undefined && { jobId }) };
  }),
);
const moments = ['2026-11-23T10:00:00Z', '2026-11-23T20:00:00Z', '2026-11-28T10:00:00Z', '2027-06-05T10:00:00Z'];
const justifications = (at: EpochMillis): readonly PolicyRequest['justification'][] => [
  {},
  { reason: 'because', until: (at + 7_200_000) as EpochMillis },
  { reason: 'because I say so', ticket: 'CHG1', until: (at + 60_000) as EpochMillis },
];
const requests: readonly PolicyRequest[] = everybody.flatMap((caller) =>
  targets.flatMap((target) =>
    actions.flatMap((action) =>
      moments.flatMap((moment) => {
        const at = Date.parse(moment) as EpochMillis;
        return justifications(at).map((justification) => ({ caller, ...target, action, justification, at }));
      }),
    ),
  ),
);

interface Rule {
  readonly id: string;
  readonly effect: 'allow' | 'deny';
  readonly actions?: readonly Action[];
}

function documentOf(rules: readonly Rule[], jobs: object) {
  const reading = readPolicy(Buffer.from(JSON.stringify({ version: 1, jobs, callers, rules })), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.document;
}

const some = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const scope = {
  callers: fc.subarray(Object.keys(callers), { minLength: 1 }),
  actions: fc.subarray([...actions], { minLength: 1 }),
  jobs: fc.oneof(
    fc.constant(['*']),
    fc.constant(['tag:red']),
    fc.subarray(['one', 'two', 'rest', 'other'], { minLength: 1 }),
  ),
};
const terms = {
  during: some({ to: '2027-01-01T00:00:00Z' }, [
    { from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' },
    { from: '2027-01-01T00:00:00Z' },
  ]),
  windows: some(
    [{ zone: 'UTC', from: '08:00', to: '18:00' }],
    [{ zone: 'UTC', days: ['mon', 'tue'], from: '00:00', to: '24:00' }],
    [{ zone: 'UTC', from: '18:00', to: '12:00' }],
  ),
};
const require = some(
  { reason: { minLength: 5 } },
  { reason: { minLength: 10 } },
  { ticket: { pattern: 'CHG.*' } },
  { maxDuration: 'PT1H' },
  { maxDuration: 'PT3H', reason: { minLength: 5 } },
);

function rulesOf(conditions: object): fc.Arbitrary<readonly Rule[]> {
  const allow = fc.record(
    { effect: fc.constant('allow' as const), ...scope, ...conditions, ...('during' in conditions && { require }) },
    { requiredKeys: ['effect', 'callers', 'actions', 'jobs'] },
  );
  const deny = fc.record(
    { effect: fc.constant('deny' as const), ...scope, ...conditions },
    { requiredKeys: ['effect'] },
  );
  return fc
    .array(fc.oneof({ arbitrary: allow, weight: 2 }, deny), { minLength: 2, maxLength: 6 })
    .map((rules) => rules.map((rule, n) => ({ id: `r-${n}`, ...rule })));
}
const jobs = fc.boolean().map((whole) => {
  const { rest, ...single } = catalog;
  return whole ? { ...single, rest } : { ...single, rest: { ...rest, jobId: 'three' } };
});

/** Actions of single jobs that each rule has a say in, and those that it ever allows. */
function effects(rules: readonly Rule[], given: object) {
  const { policy } = documentOf(rules, given);
  const seen = rules.map(() => ({ matched: new Set<Action>(), allowed: new Set<Action>() }));
  for (const request of requests) {
    if (!('jobId' in request)) continue;
    const decision = policy.evaluate(request);
    for (const [index, { failed }] of decision.trace.entries()) {
      if (failed !== undefined) continue;
      seen[index]?.matched.add(request.action);
      if (decision.effect === 'allow') seen[index]?.allowed.add(request.action);
    }
  }
  return seen;
}

const isDenied = (dead: DeadRule) => dead.kind === 'denied';
let found = 0;

describe('a dead rule', () => {
  it('allows none of the actions that it is said to allow in vain, whoever asks whenever', () => {
    const agree = fc.property(rulesOf(terms), jobs, (rules, given) => {
      const denied = deadRules(documentOf(rules, given)).filter(isDenied);
      if (denied.length === 0) return;
      const seen = effects(rules, given);
      for (const { rule, actions: vain } of denied) {
        for (const action of vain) expect(seen[rule]?.allowed.has(action)).toBe(false);
      }
      found += denied.length;
    });
    fc.assert(agree, { numRuns: 50 });
  });

  it('can be left out with all others that are implied, and every decision stays', () => {
    const agree = fc.property(rulesOf(terms), jobs, (rules, given) => {
      const document = documentOf(rules, given);
      const implied = new Set(deadRules(document).flatMap((dead) => (isDenied(dead) ? [] : [dead.rule])));
      if (implied.size === 0) return;
      const { policy } = documentOf(
        rules.filter((_, index) => !implied.has(index)),
        given,
      );
      for (const request of requests) {
        expect(policy.evaluate(request).effect).toBe(document.policy.evaluate(request).effect);
      }
      found += implied.size;
    });
    fc.assert(agree, { numRuns: 50 });
  });

  it('is always found where no rule has conditions', () => {
    const agree = fc.property(rulesOf({}), jobs, (rules, given) => {
      const denied = new Map(
        deadRules(documentOf(rules, given)).flatMap((dead) => (isDenied(dead) ? [[dead.rule, dead.actions]] : [])),
      );
      for (const [index, { matched, allowed }] of effects(rules, given).entries()) {
        const vain = [...matched].filter((action) => !allowed.has(action));
        if (rules[index]?.effect === 'allow') expect([...(denied.get(index) ?? [])].sort()).toEqual(vain.sort());
      }
    });
    fc.assert(agree, { numRuns: 20 });
  });

  it('was met often enough for this to mean something', () => {
    expect(found).toBeGreaterThan(15);
  });
});
