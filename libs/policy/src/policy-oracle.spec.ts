import { ClientId, DirectoryRoleId, type JobId, ObjectId, ServicePrincipalId, TenantId } from '#kernel';
import type { Action, Caller, EpochMillis } from '#kernel';
import { someApplication } from '#testing';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Condition, Decision, PolicyRequest, RuleTrace } from './decision.ts';
import { readPolicy } from './file/read-policy.ts';
import type { Policy } from './policy.ts';

/*
 * The rules of docs/policy.md once more, as slowly and plainly as they can be said: one pass per rule over the file as
 * written, no index, no compiled form, dates by Temporal. It shares no code with the library.
 */

type Job = Readonly<{ servicePrincipalId: string; jobId?: string; tags?: readonly string[] }>;
type Who = Readonly<Record<string, string>>;
type Hours = Readonly<{ zone: string; days?: readonly string[]; from: string; to: string }>;
type Span = Readonly<{ from?: string; to?: string }>;
interface Rule {
  readonly id: string;
  readonly effect: 'allow' | 'deny';
  readonly callers?: readonly string[];
  readonly actions?: readonly Action[];
  readonly jobs?: readonly string[];
  readonly require?: { reason?: { minLength: number }; ticket?: { pattern: string }; maxDuration?: string };
  readonly windows?: readonly Hours[];
  readonly during?: Span | readonly Span[];
  readonly startQuarantined?: boolean;
}
interface File {
  readonly version: 1;
  readonly jobs: Readonly<Record<string, Job>>;
  readonly callers: Readonly<Record<string, Who>>;
  readonly rules: readonly Rule[];
}

const roleIds: Record<string, string> = { HybridIdentityAdministrator: '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2' };

function isCaller(who: Who, caller: Caller): boolean {
  if (who['tenant'] !== caller.tenantId) return false;
  if (who['application'] !== undefined) return caller.kind === 'application' && caller.clientId === who['application'];
  if (caller.kind !== 'user') return false;
  if (who['via'] !== undefined && caller.clientId !== who['via']) return false;
  if (who['user'] !== undefined) return caller.objectId === who['user'];
  if (who['role'] !== undefined) return caller.roles.includes(who['role']);
  return caller.directoryRoles.some((role) => role === roleIds[who['directoryRole'] ?? '']);
}

function coversJob(file: File, rule: Rule, servicePrincipalId: string, jobId: string): boolean {
  const stands = (job: Job) =>
    job.servicePrincipalId === servicePrincipalId && (job.jobId === undefined || job.jobId === jobId);
  const all = rule.jobs === undefined || rule.jobs.includes('*');
  if (all && rule.effect === 'deny') return true;
  return Object.entries(file.jobs).some(([alias, job]) => {
    const named = all || rule.jobs.includes(alias) || (job.tags ?? []).some((tag) => rule.jobs?.includes(`tag:${tag}`));
    return named && stands(job);
  });
}

function covers(file: File, rule: Rule, { servicePrincipalId, jobId }: PolicyRequest): boolean {
  if (jobId !== undefined) return coversJob(file, rule, servicePrincipalId, jobId);
  const own = Object.values(file.jobs).filter((job) => job.servicePrincipalId === servicePrincipalId);
  const jobs = own.map((job) => job.jobId ?? 'a-job-without-an-entry');
  if (rule.effect === 'allow') return jobs.some((job) => coversJob(file, rule, servicePrincipalId, job));
  if (rule.jobs === undefined || rule.jobs.includes('*')) return true;
  return jobs.length > 0 && jobs.every((job) => coversJob(file, rule, servicePrincipalId, job));
}

function isOpen({ zone, days, from, to }: Hours, at: number): boolean {
  const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const time = local.toPlainTime().toString().slice(0, 5);
  const opensOn = (day: number) => days === undefined || days.includes(names[day - 1]!);
  const yesterday = local.toPlainDate().subtract({ days: 1 });
  if (from < to) return opensOn(local.dayOfWeek) && from <= time && time < to;
  return (opensOn(local.dayOfWeek) && from <= time) || (opensOn(yesterday.dayOfWeek) && time < to);
}

function isDuring(span: Span, at: number): boolean {
  const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
  return (span.from === undefined || at >= instant(span.from)) && (span.to === undefined || !(at >= instant(span.to)));
}

function isTicket(pattern: string, ticket: string | undefined): boolean {
  return ticket !== undefined && new RegExp(`^(?:${pattern})$`).test(ticket);
}

function failures(file: File, rule: Rule, request: PolicyRequest): Condition[] {
  const { at, caller, justification } = request;
  const { reason, ticket, maxDuration } = rule.require ?? {};
  const spans = [rule.during ?? []].flat();
  const max =
    maxDuration === undefined
      ? 0
      : Temporal.Duration.from(maxDuration).total({ unit: 'milliseconds', relativeTo: '2026-01-01' });
  const left = (justification.until ?? at) - at;
  const changes = request.action !== 'read';
  const failed: [Condition, boolean][] = [
    ['action', rule.actions !== undefined && !rule.actions.includes(request.action)],
    ['job', !covers(file, rule, request)],
    ['caller', rule.callers !== undefined && !rule.callers.some((name) => isCaller(file.callers[name]!, caller))],
    ['during', spans.length > 0 && !spans.some((span) => isDuring(span, at))],
    ['window', rule.windows !== undefined && !rule.windows.some((hours) => isOpen(hours, at))],
    ['reason', changes && reason !== undefined && (justification.reason ?? '').trim().length < reason.minLength],
    ['ticket', changes && ticket !== undefined && !isTicket(ticket.pattern, justification.ticket)],
    ['duration', request.action === 'pause' && maxDuration !== undefined && !(left > 0 && left <= max)],
  ];
  return failed.filter(([, fails]) => fails).map(([condition]) => condition);
}

/** The decision without its words. */
function expected(file: File, request: PolicyRequest) {
  const judged = file.rules.map((rule) => ({ rule, failed: failures(file, rule, request) }));
  const matching = judged.filter(({ failed }) => failed.length === 0).map(({ rule }) => rule);
  const trace = judged.map(({ rule, failed: [first] }) => `${rule.id} ${rule.effect} ${first ?? 'matches'}`);
  const allows = judged.filter(({ rule }) => rule.effect === 'allow');
  const deny = matching.find(({ effect }) => effect === 'deny');
  if (deny !== undefined) return { effect: 'deny', code: 'denied_by_rule', rule: deny.id, unmet: [], trace };
  const quarantine = request.action === 'start' ? matching.find((rule) => rule.startQuarantined === true) : undefined;
  const allow = quarantine ?? matching[0];
  if (allow !== undefined) return { effect: 'allow', rule: allow.id, quarantine: quarantine !== undefined, trace };
  const askable = ['reason', 'ticket', 'duration'];
  const near = allows
    .filter(({ failed }) => failed.every((condition) => askable.includes(condition)))
    .sort((a, b) => a.failed.length - b.failed.length)[0];
  if (near !== undefined) {
    return { effect: 'deny', code: 'requirement_missing', rule: near.rule.id, unmet: near.failed, trace };
  }
  const outside = allows.find(({ failed: [first] }) => first === 'during' || first === 'window');
  if (outside !== undefined) return { effect: 'deny', code: 'outside_window', rule: outside.rule.id, unmet: [], trace };
  return { effect: 'deny', code: 'no_matching_rule', rule: undefined, unmet: [], trace };
}

function observed(decision: Decision) {
  const trace = decision.trace.map((t) => `${t.rule} ${t.effect} ${t.failed?.condition ?? 'matches'}`);
  const { effect, rule } = decision;
  if (decision.effect === 'allow') return { effect, rule, quarantine: decision.startQuarantined === true, trace };
  const unmet = decision.unmet.map((words) => words.slice(0, words.indexOf(':')));
  return { effect, code: decision.code, rule, unmet, trace };
}

const guid = (digit: number) => `${digit}0000000-0000-4000-8000-000000000000`;
const tenants = [guid(1), guid(2)] as const;
const clients = [guid(3), guid(4)] as const;
const users = [guid(5), guid(6)] as const;
const principals = [guid(7), guid(8), guid(9)] as const;
const actions = ['read', 'pause', 'start'] as const;
const callers: File['callers'] = {
  app: { tenant: tenants[0], application: clients[0] },
  'other-app': { tenant: tenants[1], application: clients[1] },
  person: { tenant: tenants[0], user: users[0] },
  'person-via': { tenant: tenants[0], user: users[1], via: clients[1] },
  admins: { tenant: tenants[0], directoryRole: 'HybridIdentityAdministrator' },
  operators: { tenant: tenants[0], role: 'Ops' },
  'operators-via': { tenant: tenants[1], role: 'Ops', via: clients[0] },
};

const some = <Value>(values: readonly Value[]) => fc.subarray([...values], { minLength: 1 });
const one = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const few = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: 1, maxLength: 2 });

const entry = fc.record(
  { servicePrincipalId: one(principals.slice(0, 2)), jobId: one(['j1', 'j2']), tags: some(['red', 'blue']) },
  { requiredKeys: ['servicePrincipalId'] },
);
const entries = fc.uniqueArray(entry, {
  selector: (job) => `${job.servicePrincipalId} ${job.jobId ?? ''}`,
  minLength: 1,
  maxLength: 5,
});
// Hours around the changes of summer time in every zone below, and any time of 2026.
const changes = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24', '2026-10-31'];
const at = fc.oneof(
  fc.tuple(one(changes), fc.nat(2880)).map(([date, minute]) => Date.parse(`${date}T00:00:00Z`) + minute * 60_000),
  fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-01-01T00:00:00Z') }),
);
const instant = at.map((millis) => new Date(millis).toISOString());
const time = fc.nat(95).map((quarter) => new Date(quarter * 900_000).toISOString().slice(11, 16));
const hours = fc
  .record(
    {
      zone: one(['Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Apia', 'UTC']),
      days: some(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
      from: time,
      to: fc.oneof(time, fc.constant('24:00')),
    },
    { requiredKeys: ['zone', 'from', 'to'] },
  )
  .filter(({ from, to }) => from !== to);
const span = fc
  .record({ from: instant, to: instant }, { requiredKeys: [] })
  .filter(({ from, to }) => (from ?? to) !== undefined && (from === undefined || to === undefined || from < to));
const require = fc
  .record(
    {
      reason: fc.record({ minLength: fc.integer({ min: 1, max: 8 }) }),
      ticket: fc.record({ pattern: one(['CHG[0-9]{2}', 'a|ab', 'X-\\d+', '[^a]*']) }),
      maxDuration: one(['PT1H', 'PT30M', 'P1D', 'P1W', 'P1DT1H1M1S']),
    },
    { requiredKeys: [] },
  )
  .filter((given) => Object.keys(given).length > 0);

const ruleAbout = (aliases: readonly string[]) => {
  const scope = {
    callers: some(Object.keys(callers)),
    actions: some(actions),
    jobs: some([...aliases, 'tag:red', 'tag:blue', '*']),
  };
  const times = { windows: few(hours), during: fc.oneof(span, few(span)) };
  const allow = fc
    .record(
      { effect: fc.constant('allow' as const), ...scope, require, startQuarantined: fc.boolean(), ...times },
      { requiredKeys: ['effect', 'callers', 'actions', 'jobs'] },
    )
    .filter((rule) => rule.startQuarantined !== true || rule.actions.includes('start'));
  const deny = fc.record({ effect: fc.constant('deny' as const), ...scope, ...times }, { requiredKeys: ['effect'] });
  return fc.oneof({ arbitrary: allow, weight: 5 }, deny);
};

const file: fc.Arbitrary<File> = entries.chain((own) => {
  const tagged: Job = { servicePrincipalId: guid(0), tags: ['red', 'blue'] };
  const jobs = { ...Object.fromEntries(own.map((job, index) => [`job-${index}`, job])), tagged };
  return fc
    .array(ruleAbout(Object.keys(jobs)), { minLength: 1, maxLength: 6 })
    .map((rules) => ({ version: 1, jobs, callers, rules: rules.map((rule, n) => ({ id: `r-${n}`, ...rule })) }));
});

const caller: fc.Arbitrary<Caller> = fc
  .record({
    tenantId: one(tenants).map((id) => TenantId.parse(id, 'tenant')),
    objectId: one(users).map((id) => ObjectId.parse(id, 'object')),
    clientId: one(clients).map((id) => ClientId.parse(id, 'client')),
    roles: fc.subarray(['Ops', 'Jobs.Read']),
    directoryRoles: fc.subarray(Object.values(roleIds).map((id) => DirectoryRoleId.parse(id, 'role'))),
    isUser: fc.boolean(),
  })
  .map(({ isUser, directoryRoles, ...ids }) => {
    const application = { ...someApplication(), ...ids };
    return isUser ? { ...application, kind: 'user', scopes: [], directoryRoles } : application;
  });
const request: fc.Arbitrary<PolicyRequest> = fc
  .record(
    {
      caller,
      action: one(actions),
      servicePrincipalId: one(principals).map((id) => ServicePrincipalId.parse(id, 'servicePrincipalId')),
      at: at.map((millis) => millis as EpochMillis),
      jobId: one(['j1', 'j2', 'j3']).map((id) => id as JobId),
      reason: one(['', '  ok  ', 'longer reason']),
      ticket: one(['CHG12', 'ab', 'X-1', 'x', '']),
      lasts: one([-1, 0, 1, 1_800_000, 1_800_001, 3_600_000, 86_400_000, 90_061_000, 604_800_000]),
    },
    { requiredKeys: ['caller', 'action', 'servicePrincipalId', 'at'] },
  )
  .map(({ reason, ticket, lasts, ...rest }) => ({
    ...rest,
    justification: {
      ...(reason !== undefined && { reason }),
      ...(ticket !== undefined && { ticket }),
      ...(lasts !== undefined && { until: (rest.at + lasts) as EpochMillis }),
    },
  }));

function policyOf(given: File): Policy {
  const reading = readPolicy(new TextEncoder().encode(JSON.stringify(given)), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.policy;
}

describe('a policy beside a slow and plain reading of the same file', () => {
  const seen = new Map<string, number>();

  it('gives the same decision and the same trace, for any file and any request', () => {
    const requests = fc.array(request, { minLength: 6, maxLength: 8 });
    const agree = fc.property(file, requests, (given, all) => {
      const policy = policyOf(given);
      for (const asked of all) {
        const decision = policy.evaluate(asked);
        expect(observed(decision)).toEqual(expected(given, asked));
        const isElsewhere = ({ failed }: RuleTrace) => ['action', 'job', 'caller'].includes(failed?.condition ?? '');
        expect(decision.relevant).toEqual(decision.trace.filter((rule) => !isElsewhere(rule)));
        expect(decision.elsewhere).toBe(decision.trace.filter(isElsewhere).length);
        const names = Object.keys(callers).filter((name) => isCaller(callers[name]!, asked.caller));
        expect([...(decision.callers ?? [])].sort()).toEqual(names.sort());
        const kind = decision.effect === 'allow' ? 'allow' : decision.code;
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }
    });
    fc.assert(agree, { numRuns: 250 });
  });

  it('has met every kind of decision often enough to mean something', () => {
    const kinds = ['allow', 'denied_by_rule', 'no_matching_rule', 'outside_window', 'requirement_missing'];
    expect([...seen.keys()].sort()).toEqual(kinds);
    expect(Math.min(...seen.values())).toBeGreaterThan(20);
  });
});
