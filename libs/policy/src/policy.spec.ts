import { type Action, type EpochMillis, type Justification, readJobId, ServicePrincipalId } from '#kernel';
import { someApplication } from '#testing';
import type { Decision, PolicyRequest } from './decision.ts';
import { readPolicy } from './file/read-policy.ts';
import { assertAllowed } from './issued-decision.ts';
import type { Policy } from './policy.ts';

const caller = someApplication();
const principal = ServicePrincipalId.parse('70000000-0000-4000-8000-000000000000', 'servicePrincipalId');
const other = ServicePrincipalId.parse('80000000-0000-4000-8000-000000000000', 'servicePrincipalId');
// A Monday, 11:00 in Berlin.
const now = Date.parse('2026-11-23T10:00:00Z') as EpochMillis;

function policyOf(rules: string): Policy {
  const text = `
version: 1
jobs:
  first: { servicePrincipalId: ${principal}, jobId: one, tags: [hr] }
  second: { servicePrincipalId: ${principal}, jobId: two }
  all-of-other: { servicePrincipalId: ${other}, tags: [sales] }
  one-of-other: { servicePrincipalId: ${other}, jobId: one, tags: [hr] }
callers:
  portal: { tenant: ${caller.tenantId}, application: ${caller.clientId} }
  stranger: { tenant: ${caller.tenantId}, application: 99999999-0000-4000-8000-000000000000 }
rules:
${rules}`;
  const reading = readPolicy(new TextEncoder().encode(text), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.policy;
}

interface Asked {
  readonly action?: Action;
  readonly of?: ServicePrincipalId;
  /** Null asks for any job. */
  readonly job?: string | null;
  readonly justification?: Justification;
}

function asking({ action = 'pause', of = principal, job = 'one', justification = {} }: Asked = {}): PolicyRequest {
  const jobId = job === null ? undefined : readJobId(job)!;
  return { caller, action, servicePrincipalId: of, ...(jobId !== undefined && { jobId }), justification, at: now };
}

const may = (rest: string) =>
  `  - { id: may, effect: allow, callers: [portal], actions: [read, pause, start], ${rest} }\n`;
const outcome = ({ effect, rule, ...rest }: Decision) =>
  effect === 'allow' ? `allow by ${rule}` : `${'code' in rest ? rest.code : ''} by ${rule ?? 'none'}`;

describe('a decision', () => {
  it('is a denial when no rule is about the request', () => {
    const decision = policyOf(may('jobs: [second]')).evaluate(asking());
    expect(decision).toMatchObject({ effect: 'deny', code: 'no_matching_rule', unmet: [] });
    expect(decision.rule).toBeUndefined();
  });

  it('names the policy, the time, the alias, who the caller is, and every rule in file order', () => {
    const rules = `
  - { id: no-start, effect: deny, actions: [start] }
  - { id: second-only, effect: allow, callers: [portal], actions: [pause], jobs: [second, "tag:sales"] }
  - { id: not-you, effect: allow, callers: [stranger], actions: [pause], jobs: ["*"] }
  - { id: frozen, effect: deny, during: { to: 2026-01-01T00:00:00Z } }
  - { id: weekend, effect: allow, callers: [portal], actions: [pause], jobs: [first], windows: [{ zone: Europe/Berlin, days: [sat], from: "08:00", to: "18:00" }] }
${may('jobs: [first]')}`;
    const policy = policyOf(rules);
    const decision = policy.evaluate(asking());
    expect(JSON.parse(JSON.stringify(decision))).toEqual({
      effect: 'allow',
      rule: 'may',
      policySha256: policy.sha256,
      at: now,
      alias: 'first',
      callers: ['portal'],
      trace: [
        { rule: 'no-start', effect: 'deny', failed: { condition: 'action', expected: 'start', got: 'pause' } },
        { rule: 'second-only', effect: 'allow', failed: { condition: 'job', expected: 'second, tag:sales' } },
        { rule: 'not-you', effect: 'allow', failed: { condition: 'caller', expected: 'stranger' } },
        {
          rule: 'frozen',
          effect: 'deny',
          failed: {
            condition: 'during',
            expected: 'before 2026-01-01T00:00:00.000Z',
            got: '2026-11-23T10:00:00.000Z',
          },
        },
        {
          rule: 'weekend',
          effect: 'allow',
          failed: {
            condition: 'window',
            expected: '08:00 to 18:00 on sat in Europe/Berlin',
            got: 'mon 11:00 in Europe/Berlin',
          },
        },
        { rule: 'may', effect: 'allow' },
      ],
    });
  });

  it('says all that the nearest rule lacks, in words for the caller', () => {
    const policy = policyOf(`${may(
      'jobs: [first], require: { reason: { minLength: 15 }, ticket: { pattern: "CHG[0-9]{7}" }, maxDuration: PT4H }',
    )}  - { id: nearer, effect: allow, callers: [portal], actions: [pause], jobs: [first], require: { reason: { minLength: 50 } } }
`);
    const alone = policyOf(
      may(
        'jobs: [first], require: { reason: { minLength: 15 }, ticket: { pattern: "CHG[0-9]{7}" }, maxDuration: PT4H }',
      ),
    );
    expect(alone.evaluate(asking())).toMatchObject({
      code: 'requirement_missing',
      rule: 'may',
      unmet: ['reason: at least 15 characters', 'ticket: must match CHG[0-9]{7}', 'duration: required, at most PT4H'],
    });
    expect(policy.evaluate(asking())).toMatchObject({ rule: 'nearer', unmet: ['reason: at least 50 characters'] });
  });

  it('asks for a justification of changes only, and for a duration of a pause only', () => {
    const policy = policyOf(may('jobs: [first], require: { reason: { minLength: 15 }, maxDuration: PT4H }'));
    expect(outcome(policy.evaluate(asking({ action: 'read' })))).toBe('allow by may');
    expect(policy.evaluate(asking({ action: 'start' }))).toMatchObject({ unmet: ['reason: at least 15 characters'] });
  });

  it('prefers a rule that a better justification would satisfy to one that is out of hours', () => {
    const shut = 'windows: [{ zone: UTC, from: "00:00", to: "01:00" }]';
    const out = `  - { id: out, effect: allow, callers: [portal], actions: [pause], jobs: [first], ${shut} }\n`;
    expect(outcome(policyOf(out).evaluate(asking()))).toBe('outside_window by out');
    const both = policyOf(`${out}${may('jobs: [first], require: { reason: { minLength: 1 } }')}`);
    expect(outcome(both.evaluate(asking()))).toBe('requirement_missing by may');
  });

  it('lets any deny outweigh every allow, wherever it stands', () => {
    const deny = '  - { id: stop, effect: deny, jobs: ["tag:hr"] }\n';
    for (const rules of [`${may('jobs: ["*"]')}${deny}`, `${deny}${may('jobs: ["*"]')}`]) {
      expect(outcome(policyOf(rules).evaluate(asking()))).toBe('denied_by_rule by stop');
      expect(outcome(policyOf(rules).evaluate(asking({ job: 'two' })))).toBe('allow by may');
    }
  });

  it('allows the start of a quarantined job when a matching rule says so, and nothing else', () => {
    const plain = may('jobs: ["*"]');
    const quarantine =
      '  - { id: fix, effect: allow, callers: [portal], actions: [start, pause], jobs: [first], startQuarantined: true }\n';
    for (const rules of [`${plain}${quarantine}`, `${quarantine}${plain}`]) {
      const policy = policyOf(rules);
      expect(policy.evaluate(asking({ action: 'start' }))).toMatchObject({ rule: 'fix', startQuarantined: true });
      expect(policy.evaluate(asking())).not.toHaveProperty('startQuarantined');
      expect(policy.evaluate(asking({ action: 'start', job: 'two' }))).not.toHaveProperty('startQuarantined');
    }
  });

  it('stays as it was, whatever becomes of the request and whoever holds it', () => {
    const justification = { reason: 'short' };
    const request = { ...asking({ justification }) };
    const decision = policyOf(may('jobs: [first], require: { reason: { minLength: 9 } }')).evaluate(request);
    justification.reason = 'long enough';
    request.at = 0 as EpochMillis;
    expect(decision.trace).toMatchObject([{ failed: { condition: 'reason', got: '5 characters' } }]);
    expect(decision.trace).toBe(decision.trace);
    for (const part of [decision, decision.trace, decision.trace[0]!, decision.trace[0]!.failed!]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it('cannot be made up', () => {
    const allow = policyOf(may('jobs: [first]')).evaluate(asking());
    expect(() => {
      assertAllowed(allow);
    }).not.toThrow();
    expect(() => {
      assertAllowed({ ...allow });
    }).toThrow(TypeError);
    expect(() => {
      assertAllowed(policyOf(may('jobs: [second]')).evaluate(asking()));
    }).toThrow(TypeError);
  });
});

describe('a rule about jobs', () => {
  const asked = {
    first: asking(),
    'a job of first without entry': asking({ job: 'three' }),
    'one-of-other': asking({ of: other }),
    'another job of other': asking({ of: other, job: 'three' }),
    'any job of first': asking({ job: null }),
    'any job of other': asking({ of: other, job: null }),
    'an unknown service principal': asking({
      of: ServicePrincipalId.parse('90000000-0000-4000-8000-000000000000', 'id'),
    }),
  };
  const matchedBy = (rule: string) => {
    const policy = policyOf(rule);
    return Object.entries(asked).flatMap(([name, request]) =>
      policy.evaluate(request).trace[0]!.failed === undefined ? [name] : [],
    );
  };
  const deny = (rest: string) => `  - { id: no, effect: deny${rest} }\n`;

  it.each([
    [
      'allow *',
      may('jobs: ["*"]'),
      ['first', 'one-of-other', 'another job of other', 'any job of first', 'any job of other'],
    ],
    ['allow one job', may('jobs: [first]'), ['first', 'any job of first']],
    [
      'allow a whole service principal',
      may('jobs: [all-of-other]'),
      ['one-of-other', 'another job of other', 'any job of other'],
    ],
    ['allow a tag', may('jobs: ["tag:hr"]'), ['first', 'one-of-other', 'any job of first', 'any job of other']],
    [
      'allow a tag of the whole',
      may('jobs: ["tag:sales"]'),
      ['one-of-other', 'another job of other', 'any job of other'],
    ],
    ['deny everything', deny(''), Object.keys(asked)],
    ['deny *', deny(', jobs: ["*"]'), Object.keys(asked)],
    ['deny one job', deny(', jobs: [first]'), ['first']],
    ['deny each job of a service principal', deny(', jobs: [first, second]'), ['first', 'any job of first']],
    ['deny a job of a whole', deny(', jobs: [one-of-other]'), ['one-of-other']],
    ['deny a whole', deny(', jobs: [all-of-other]'), ['one-of-other', 'another job of other', 'any job of other']],
  ])('%s: covers what it says', (_, rule, covered) => {
    expect(matchedBy(rule)).toEqual(covered);
  });

  it('leaves the alias of a job to its own entry, else to that of its service principal', () => {
    const policy = policyOf(may('jobs: ["*"]'));
    const aliases = Object.entries(asked).map(([name, request]) => [name, policy.evaluate(request).alias]);
    expect(Object.fromEntries(aliases)).toEqual({
      first: 'first',
      'a job of first without entry': undefined,
      'one-of-other': 'one-of-other',
      'another job of other': 'all-of-other',
      'any job of first': undefined,
      'any job of other': 'all-of-other',
      'an unknown service principal': undefined,
    });
    expect(policy.catalog.aliasOf(other, readJobId('three'))).toBe('all-of-other');
    expect(policy.catalog.entry('second')).toMatchObject({ servicePrincipalId: principal, jobId: 'two', tags: [] });
    expect(policy.catalog.entries.map(({ alias }) => alias)).toEqual([
      'first',
      'second',
      'all-of-other',
      'one-of-other',
    ]);
  });
});

describe('a rule with a limit', () => {
  const limited =
    '  - { id: limited, effect: allow, callers: [portal], actions: [pause], jobs: [first], limit: { requests: 30, per: PT1M } }\n';

  it('tells how often, with its decision', () => {
    const decision = policyOf(limited).evaluate(asking());
    expect(decision).toMatchObject({ rule: 'limited', limit: { requests: 30, perMillis: 60_000 } });
  });

  it('steps back behind a rule without one, wherever that stands, but not behind broken glass', () => {
    for (const rules of [limited + may('jobs: [first]'), may('jobs: [first]') + limited]) {
      const decision = policyOf(rules).evaluate(asking());
      expect(decision).toMatchObject({ effect: 'allow', rule: 'may' });
      expect(decision).not.toHaveProperty('limit');
    }
    const glass =
      '  - { id: glass, effect: allow, callers: [portal], actions: [pause], jobs: [first], breakGlass: true }\n';
    const asked = asking({ justification: { reason: 'fire' } });
    expect(policyOf(glass + limited).evaluate(asked)).toMatchObject({ rule: 'limited' });
  });
});

describe('a break-glass rule', () => {
  const glass =
    '  - { id: glass, effect: allow, callers: [portal], actions: [pause, start], jobs: [first], breakGlass: true }\n';

  it('needs a reason, even where none is written, and marks the decision', () => {
    expect(policyOf(glass).evaluate(asking())).toMatchObject({ code: 'requirement_missing', rule: 'glass' });
    const decision = policyOf(glass).evaluate(asking({ justification: { reason: 'fire' } }));
    expect(decision).toMatchObject({ effect: 'allow', rule: 'glass', breakGlass: true });
  });

  it('steps back behind a rule without glass, wherever that stands', () => {
    const decision = policyOf(glass + may('jobs: [first]')).evaluate(asking({ justification: { reason: 'fire' } }));
    expect(decision).toMatchObject({ effect: 'allow', rule: 'may' });
    expect(decision).not.toHaveProperty('breakGlass');
  });

  it('decides when it alone lets start out of quarantine', () => {
    const rules = may('jobs: [first]') + glass.replace('breakGlass', 'startQuarantined: true, breakGlass');
    const asked = asking({ action: 'start', justification: { reason: 'fire' } });
    expect(policyOf(rules).evaluate(asked)).toMatchObject({ rule: 'glass', startQuarantined: true, breakGlass: true });
  });

  it('does not outweigh a deny', () => {
    const decision = policyOf(`${glass}  - { id: no, effect: deny, actions: [pause] }\n`).evaluate(
      asking({ justification: { reason: 'fire' } }),
    );
    expect(decision).toMatchObject({ effect: 'deny', code: 'denied_by_rule', rule: 'no' });
  });
});
