import {
  type Action,
  actions,
  type Caller,
  ClientId,
  type EpochMillis,
  ObjectId,
  readJobId,
  ServicePrincipalId,
  TenantId,
} from '#kernel';
import { type PolicyDocument, type PolicyRequest, readPolicy } from '#policy';
import fc from 'fast-check';
import { someApplication } from './some-request.ts';

const guid = (n: number) => `70000000-0000-4000-8000-00000000000${n}`;
const app = ClientId.parse(guid(5), 'client');
const tenant = TenantId.parse(guid(7), 'tenant');
const portal = { tenant, application: app };
const callers = {
  portal,
  ann: { tenant, user: guid(6) },
  ops: { tenant, role: 'Ops' },
  'ops-by-portal': { tenant, role: 'Ops', via: app },
};
const catalog = {
  one: { servicePrincipalId: guid(1), jobId: 'one', tags: ['red'] },
  two: { servicePrincipalId: guid(1), jobId: 'two', tags: ['red'] },
  rest: { servicePrincipalId: guid(1) },
  other: { servicePrincipalId: guid(2), jobId: 'one' },
};

const stranger = { ...someApplication(), tenantId: tenant };
const person: Caller = { ...stranger, kind: 'user', roles: [], scopes: [], directoryRoles: [] };
const ann = ObjectId.parse(guid(6), 'user');
const people: readonly Caller[] = [person.objectId, ann].flatMap((objectId) =>
  [person.clientId, app].flatMap((clientId) =>
    [[], ['Ops']].map((roles) => ({ ...person, objectId, clientId, roles })),
  ),
);
const everybody = [stranger, { ...stranger, clientId: app }, ...people];
const targets = [1, 2, 3].flatMap((n) =>
  [undefined, 'one', ...(n === 1 ? ['two', 'three'] : [])].map((job) => {
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
/**
 * Everything that can be asked of a small policy: whoever is known to it or not, about any job or any job of a service
 * principal, with or without a justification, at times in and outside of its periods and windows.
 */
export const everySmallRequest: readonly PolicyRequest[] = everybody.flatMap((caller) =>
  targets.flatMap((target) =>
    actions.flatMap((action) =>
      moments.flatMap((moment) => {
        const at = Date.parse(moment) as EpochMillis;
        return justifications(at).map((justification) => ({ caller, ...target, action, justification, at }));
      }),
    ),
  ),
);

/** A rule as a small policy has it. */
export interface SmallRule {
  readonly id: string;
  readonly effect: 'allow' | 'deny';
  readonly actions?: readonly Action[];
}

/** The policy of these rules; throws when it cannot be read. */
export function smallPolicy(rules: readonly SmallRule[], jobs: object): PolicyDocument {
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

/** Two to six rules, with conditions or only about somebody and something. */
export function smallRules({ conditional }: { readonly conditional: boolean }): fc.Arbitrary<readonly SmallRule[]> {
  const conditions = conditional ? terms : {};
  const allow = fc.record(
    { effect: fc.constant('allow' as const), ...scope, ...conditions, ...(conditional && { require }) },
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
/** A catalog for them: with an entry for a whole service principal, or with single jobs only. */
export const smallCatalog: fc.Arbitrary<object> = fc.boolean().map((whole) => {
  const { rest, ...single } = catalog;
  return whole ? { ...single, rest } : { ...single, rest: { ...rest, jobId: 'three' } };
});
