import type { Action, EpochMillis } from '#kernel';
import { describeProblem } from '../file/policy-problem.ts';
import { readPolicy } from '../file/read-policy.ts';
import { explain } from './question.ts';
import { casesBeside, readCases } from './read-cases.ts';
import { runCases } from './run-cases.ts';

const id = '70000000-0000-4000-8000-000000000001';
const other = id.replace('7', '8');
const policyText = `version: 1
jobs:
  hr: { servicePrincipalId: ${id}, jobId: one }
  rest: { servicePrincipalId: ${id} }
callers:
  portal: { tenant: ${id}, application: ${id} }
  ann: { tenant: ${id}, user: ${id} }
  bob: { tenant: ${id}, user: ${other} }
  ops: { tenant: ${id}, role: Ops }
rules:
  - { id: ops, effect: allow, callers: [ops], actions: [pause], jobs: [rest], require: { ticket: { pattern: "CHG.*" }, maxDuration: PT2H } }
  - { id: not-ann, effect: deny, callers: [ann] }
`;
const bytes = (text: string) => new TextEncoder().encode(text);

function documentOf(text = policyText) {
  const reading = readPolicy(bytes(text), 'policy.yaml');
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'));
  return reading.document;
}

const good = 'justification: { ticket: CHG1, duration: PT1H }';
const base = 'action: pause, at: 2026-11-23T10:00:00Z';

function failuresOf(test: string): readonly string[] {
  const text = `${policyText}tests:\n  - { name: n, ${base}, ${test} }\n`;
  const document = documentOf(text);
  const [result, ...more] = runCases(document.policy, casesBeside(document, 'policy.yaml'));
  expect(more).toEqual([]);
  expect(result).toMatchObject({ name: 'n', file: 'policy.yaml', line: 14 });
  return result?.failures ?? [];
}

describe('a case beside the rules', () => {
  it.each([
    ['an allow', `caller: ops, job: hr, ${good}, expect: allow, rule: ops`],
    ['a job of the whole service principal', `caller: ops, job: rest, ${good}, expect: allow`],
    ['a job by its ids', `caller: ops, job: ${id}/x, ${good}, expect: allow`],
    [
      'an end by its time',
      'caller: ops, job: hr, justification: { ticket: CHG1, until: 2026-11-23T12:00:00Z }, expect: allow',
    ],
    ['a denial by its code', 'caller: ops, job: hr, expect: deny, code: requirement_missing, rule: ops'],
    ['a person who is two callers', `caller: [ops, ann], job: hr, ${good}, expect: deny, rule: not-ann`],
    ['a stranger', `caller: [], job: hr, ${good}, expect: deny, code: no_matching_rule`],
  ])('passes: %s', (_, test) => {
    expect(failuresOf(test)).toEqual([]);
  });

  it.each([
    [
      'caller: ops, job: hr, expect: allow',
      'expected allow, got deny (requirement_missing; ticket: must match CHG.*; duration: required, at most PT2H)',
    ],
    [`caller: ops, job: hr, ${good}, expect: deny`, 'expected deny, got allow'],
    [`caller: ops, job: hr, ${good}, expect: allow, rule: not-ann`, 'expected rule not-ann, got ops'],
    ['caller: ann, job: hr, expect: deny, code: outside_window', 'expected code outside_window, got denied_by_rule'],
    ['caller: [ann, bob], job: hr, expect: deny', 'Nobody can be all of these callers at once.'],
    ['caller: [ann, portal], job: hr, expect: deny', 'Nobody can be all of these callers at once.'],
  ])('fails and says why: %s', (test, why) => {
    expect(failuresOf(test)).toEqual([why]);
  });

  it.each([
    ['an unknown caller', 'caller: nobody, job: hr, expect: deny', 'tests[0].caller: there is no caller "nobody"'],
    [
      'an unknown caller in a list',
      'caller: [ops, nobody], job: hr, expect: deny',
      'tests[0].caller[1]: there is no caller "nobody"',
    ],
    ['an unknown job', 'caller: ops, job: none, expect: deny', 'tests[0].job: there is no job "none"'],
    ['an unknown rule', 'caller: ops, job: hr, expect: deny, rule: none', 'tests[0].rule: there is no rule "none"'],
    [
      'a caller that is no name',
      'caller: 7, job: hr, expect: deny',
      'tests[0].caller: must be the name of a caller, or a list of names',
    ],
    ['an unknown key', 'caller: ops, job: hr, expects: deny, expect: deny', 'tests[0].expects: is not a key here'],
    [
      'a code of an allow',
      'caller: ops, job: hr, expect: allow, code: denied_by_rule',
      'tests[0].code: is only for denials',
    ],
    [
      'two ends',
      'caller: ops, job: hr, expect: deny, justification: { duration: PT1H, until: 2027-01-01T00:00:00Z }',
      'tests[0].justification: needs either "duration" or "until", not both',
    ],
  ])('is refused with its place: %s', (_, test, problem) => {
    const reading = readPolicy(bytes(`${policyText}tests:\n  - { name: n, ${base}, ${test} }\n`), 'p');
    expect(reading.ok ? [] : reading.problems.map(describeProblem)).toEqual([expect.stringMatching(/^p:14:\d+ /)]);
    expect(reading.ok ? '' : describeProblem(reading.problems[0]!)).toContain(problem);
  });

  it('may stand in a file of its own, which is read as strictly', () => {
    const read = (text: string) => readCases(bytes(text), 'cases.yaml', documentOf());
    const one = (job: string) =>
      `version: 1\ntests:\n  - { name: n, ${base}, caller: ops, job: ${job}, ${good}, expect: allow }\n`;
    const reading = read(one('hr'));
    expect(reading.ok && runCases(documentOf().policy, reading.cases)).toEqual([
      { name: 'n', file: 'cases.yaml', line: 3, failures: [] },
    ]);
    expect(read(one('none'))).toMatchObject({ ok: false, problems: [{ line: 3, code: 'unknown_reference' }] });
    expect(read(`${one('hr')}rules: []\n`)).toMatchObject({ ok: false, problems: [{ code: 'unknown_key' }] });
    expect(read('version: 1\n')).toMatchObject({ ok: false, problems: [{ code: 'missing_key' }] });
  });
});

describe('a question', () => {
  const ask = (callers: readonly string[], job: string, action: Action = 'pause') =>
    explain(documentOf().policy, { callers, action, job, justification: {}, at: 0 as EpochMillis });

  it('is answered with every rule', () => {
    expect(ask(['ops'], 'hr').trace.map(({ rule, failed }) => [rule, failed?.condition])).toEqual([
      ['ops', 'ticket'],
      ['not-ann', 'caller'],
    ]);
  });

  it.each([
    ['a caller', ['nobody'], 'hr', 'The policy has no caller "nobody".'],
    ['a job', ['ops'], 'none', 'The policy has no job "none".'],
    ['a service principal', ['ops'], 'hr/one', 'servicePrincipalId must be a GUID.'],
  ])('about a name that the policy lacks is refused: %s', (_, callers, job, why) => {
    expect(() => ask(callers, job)).toThrow(why);
  });
});
