import {
  type Action,
  type Caller,
  ClientId,
  type EpochMillis,
  ObjectId,
  readJobId,
  ServicePrincipalId,
  TenantId,
} from '#kernel';
import {
  diffPolicies,
  jobNamed,
  lintPolicy,
  type PolicyDocument,
  type PolicyRequest,
  readPolicy,
  whoCan,
} from '#policy';

const ruleCount = 1_000;
const callerCount = 50;
const jobCount = 1_000;
const now = Date.parse('2026-11-23T10:00:00Z') as EpochMillis;

const guid = (kind: string, n: number): string => `${kind}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const tenant = guid('1', 1);

/** Measures decisions with their whole trace, and the tools, at 1,000 rules × 50 callers × 1,000 jobs. As Markdown. */
export function policy(): Promise<string> {
  const spread = policyText((n) => ({ callers: [`caller-${n % callerCount}`], jobs: [`tag:team-${n % 100}`] }));
  const crowded = policyText(() => ({ callers: ['caller-0'], jobs: ['*'] }));
  const document = documentOf(spread);
  const decisions = [
    measure('allowed', document, 'CHG0000001', 1),
    measure('requirement missing', document, 'none', 1),
    measure('allowed, trace not read', document, 'CHG0000001', 1, ({ effect }) => effect),
    measure('worst case: all 1,000 rules are about one caller and every job', documentOf(crowded), 'none', 0),
  ];
  const candidate = documentOf(spread.replace('CHG', 'INC'));
  const tools = [
    ['read and compile', () => documentOf(spread)],
    ['lint (reads too)', () => lintPolicy(Buffer.from(spread), 'policy.yaml', now)],
    ['who-can', () => whoCan(document, 'pause', jobNamed(document.policy.catalog, 'job-1'))],
    ['diff', () => diffPolicies(document, candidate)],
  ] as const;
  const figures = [
    '## policy',
    '',
    `${ruleCount} rules, ${callerCount} callers, ${jobCount} jobs; a decision with its whole trace, after warming up.`,
    '',
    '| decision | median, µs | p99, µs |',
    '| --- | --- | --- |',
    ...decisions.map(({ kind, median, p99 }) => `| ${kind} | ${median.toFixed(1)} | ${p99.toFixed(1)} |`),
    '',
    '| tool | CPU, ms |',
    '| --- | --- |',
    ...tools.map(([name, work]) => `| ${name} | ${millisOf(work).toFixed(0)} |`),
    '',
  ];
  return Promise.resolve(figures.join('\n'));
}

/** Microseconds per decision. */
interface DecisionTimes {
  readonly kind: string;
  readonly median: number;
  readonly p99: number;
}

interface Scope {
  readonly callers: readonly string[];
  readonly jobs: readonly string[];
}

function policyText(scope: (n: number) => Scope): string {
  const range = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
  const job = (n: number) => ({ servicePrincipalId: guid('7', n % 250), jobId: `job.${n}`, tags: [`team-${n % 100}`] });
  const rule = (n: number) => ({
    id: `rule-${n}`,
    effect: n % 20 === 0 ? 'deny' : 'allow',
    ...scope(n),
    actions: [['read'], ['pause'], ['pause', 'start']][n % 3],
    ...(n % 20 !== 0 && {
      require: { reason: { minLength: 10 + (n % 7) }, ticket: { pattern: `CHG[0-9]{${7 + (n % 3)}}` } },
    }),
    ...(n % 20 === 0 && { during: { from: '2027-01-01T00:00:00Z', to: `2027-02-0${1 + (n % 9)}T00:00:00Z` } }),
    ...(n % 5 === 1 && { windows: [{ zone: 'Europe/Berlin', from: '06:00', to: `${10 + (n % 13)}:00` }] }),
  });
  return JSON.stringify({
    version: 1,
    jobs: Object.fromEntries(range(jobCount).map((n) => [`job-${n}`, job(n)])),
    callers: Object.fromEntries(range(callerCount).map((n) => [`caller-${n}`, { tenant, application: guid('3', n) }])),
    rules: range(ruleCount).map(rule),
  });
}

function documentOf(text: string): PolicyDocument {
  const reading = readPolicy(Buffer.from(text), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems.slice(0, 3)));
  return reading.document;
}

function callerOf(n: number): Caller {
  return {
    kind: 'application',
    tenantId: TenantId.parse(tenant, 'tenant'),
    objectId: ObjectId.parse(guid('2', n), 'object'),
    clientId: ClientId.parse(guid('3', n), 'client'),
    roles: ['Jobs.Pause'],
    token: {
      issuer: 'bench',
      audience: 'bench',
      version: '2.0',
      issuedAt: now,
      expiresAt: now,
      authenticationMethods: [],
    },
  };
}

/** Asks for each caller in turn, about jobs that some rule of theirs covers. */
function requestsFor(ticket: string, step: number): readonly PolicyRequest[] {
  return Array.from({ length: 1_000 }, (_, n): PolicyRequest => {
    const jobId = readJobId(`job.${n}`);
    return {
      caller: callerOf((n * step) % callerCount),
      action: (['pause', 'start'] as const satisfies readonly Action[])[n % 2] ?? 'pause',
      servicePrincipalId: ServicePrincipalId.parse(guid('7', n % 250), 'servicePrincipalId'),
      ...(jobId !== undefined && { jobId }),
      justification: { reason: 'a reason of some length', ticket },
      at: now,
    };
  });
}

type Look = (decision: ReturnType<PolicyDocument['policy']['evaluate']>) => unknown;

function measure(
  kind: string,
  { policy }: PolicyDocument,
  ticket: string,
  step: number,
  look: Look = ({ trace }) => trace.length,
): DecisionTimes {
  const requests = requestsFor(ticket, step);
  const times: number[] = [];
  for (let round = 0; round < 30; round++) {
    for (const request of requests) {
      const start = process.hrtime.bigint();
      look(policy.evaluate(request));
      // The first rounds are for the compiler.
      if (round >= 10) times.push(Number(process.hrtime.bigint() - start) / 1_000);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { kind, median: at(0.5), p99: at(0.99) };
}

/** CPU time, which others on the machine do not lengthen. */
function millisOf(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
