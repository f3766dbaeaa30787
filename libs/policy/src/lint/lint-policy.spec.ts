import type { EpochMillis } from '#kernel';
import type { Finding } from './finding.ts';
import { lintPolicy } from './lint-policy.ts';

const now = Date.parse('2026-11-23T10:00:00Z') as EpochMillis;
const id = '70000000-0000-4000-8000-000000000001';
const top = `version: 1
jobs:
  hr: { servicePrincipalId: ${id}, jobId: one, tags: [people] }
  mail: { servicePrincipalId: ${id}, jobId: two }
callers:
  portal: { tenant: ${id}, application: ${id} }
  console: { tenant: ${id}, user: ${id} }
rules:
`;
const all =
  '  - { id: all, effect: allow, callers: [portal, console], actions: [read, pause, start], jobs: [hr, mail] }\n';

function findings(text: string): readonly Finding[] {
  return lintPolicy(new TextEncoder().encode(text), 'policy.yaml', now).findings;
}

/** The text without its mark, and where the mark was. */
function marked(text: string): readonly [text: string, line: number, column: number] {
  const lines = text.slice(0, text.indexOf('§')).split('\n');
  return [text.replace('§', ''), lines.length, (lines.at(-1) ?? '').length + 1];
}

describe('lint', () => {
  it('has nothing to say of a policy that does what it seems to', () => {
    const deny = `  - { id: freeze, effect: deny, jobs: ["*"], during: { from: 2026-12-20T00:00:00Z } }\n`;
    expect(findings(top + all + deny)).toEqual([]);
  });

  it.each([
    [
      'always_denied',
      `${all}  - { id: §no, effect: deny, jobs: ["*"] }\n`.replace('id: all', 'id: §all').replace('§no', 'no'),
    ],
    [
      'always_denied',
      `${all.replace('id: all', 'id: §all')}  - { id: a, effect: deny, jobs: [hr] }\n  - { id: b, effect: deny, callers: [portal], jobs: [mail] }\n  - { id: c, effect: deny, callers: [console], jobs: [mail] }\n`,
    ],
    [
      'implied',
      `${all}  - { id: §less, effect: allow, callers: [portal], actions: [pause], jobs: ["tag:people"], require: { ticket: { pattern: x } } }\n`,
    ],
    ['implied', `${all}${all.replace('id: all', 'id: §again')}`],
    [
      'implied',
      `${all}  - { id: all-frozen, effect: deny, jobs: ["*"], during: { from: 2026-12-01T00:00:00Z } }\n  - { id: §hr-frozen, effect: deny, jobs: [hr], during: { from: 2026-12-20T00:00:00Z, to: 2027-01-01T00:00:00Z } }\n`,
    ],
    ['expired', `${all}  - { id: freeze, effect: deny, jobs: ["*"], during: §{ to: 2026-11-23T10:00:00Z } }\n`],
    [
      'never_applies',
      `${all}  - { id: freeze, effect: deny, jobs: ["*"], during: { from: 2026-12-07T00:00:00Z, to: 2026-12-08T00:00:00Z }, windows: §[{ zone: UTC, days: [sun], from: "08:00", to: "18:00" }] }\n`,
    ],
    [
      'too_wide',
      `${all}  - { id: wide, effect: allow, callers: [portal], actions: [start], jobs: §["*"], startQuarantined: true }\n`,
    ],
    ['too_wide', `${all}  - §{ id: locked, effect: deny, actions: [start], during: { from: 2027-01-01T00:00:00Z } }\n`],
    [
      'break_glass_without_reason',
      `${all.replace('pause, start', 'pause')}  - { id: glass, effect: allow, callers: [portal], actions: [start], jobs: [hr], §breakGlass: true }\n`,
    ],
  ])('tells what is odd, with its place and what to do: %s', (code, rules) => {
    const [text, line, column] = marked(rules);
    const first = top.split('\n').length - 1;
    expect(findings(top + text)).toEqual([
      expect.objectContaining({
        code,
        severity: 'warning',
        line: first + line,
        column,
        advice: expect.stringMatching(/\S/),
      }),
    ]);
  });

  it.each([
    ['another pattern', 'require: { ticket: { pattern: a } }', 'require: { ticket: { pattern: b } }'],
    [
      'no pattern',
      'require: { ticket: { pattern: a }, reason: { minLength: 1 } }',
      'require: { reason: { minLength: 1 } }',
    ],
    ['a shorter reason', 'require: { reason: { minLength: 9 } }', 'require: { reason: { minLength: 8 } }'],
    ['a longer pause', 'require: { maxDuration: PT1H }', 'require: { maxDuration: PT2H }'],
    ['a start out of quarantine', 'description: x', 'startQuarantined: true'],
    ['no glass', 'require: { reason: { minLength: 1 } }, breakGlass: true', 'require: { reason: { minLength: 1 } }'],
    [
      'a minute more',
      'windows: [{ zone: UTC, from: "08:00", to: "18:00" }]',
      'windows: [{ zone: UTC, from: "08:00", to: "18:01" }]',
    ],
    [
      'another zone',
      'windows: [{ zone: UTC, from: "08:00", to: "18:00" }]',
      'windows: [{ zone: Europe/Berlin, from: "09:00", to: "10:00" }]',
    ],
    ['no limit', 'limit: { requests: 9, per: PT1M }', 'description: x'],
    ['a longer period', 'during: { to: 2027-01-01T00:00:00Z }', 'during: { to: 2027-01-02T00:00:00Z }'],
  ])('keeps a rule alive beside a wider one when it gives %s', (_, wide, narrow) => {
    const rule = (id: string, jobs: string, more: string) =>
      `  - { id: ${id}, effect: allow, callers: [portal, console], actions: [pause, start], jobs: [${jobs}], ${more} }\n`;
    expect(findings(top + rule('wide', 'hr, mail', wide) + rule('narrow', 'hr', narrow))).toEqual([]);
    expect(findings(top + rule('wide', 'hr, mail', wide) + rule('narrow', 'hr', wide))).toMatchObject([
      { code: 'implied' },
    ]);
  });

  it('says no more of a rule of which it is said that every job is meant', () => {
    const wide = `  - { id: wide, effect: deny, wide: true, actions: [start], during: { from: 2027-01-01T00:00:00Z } }\n`;
    expect(findings(top + all + wide)).toEqual([]);
  });

  it('notes an action that a rule gives in vain', () => {
    const told = findings(`${top}${all}  - { id: no-start, effect: deny, actions: [start], jobs: ["*"] }\n`);
    expect(told).toMatchObject([{ code: 'always_denied', severity: 'note', path: 'rules[0].id' }]);
    expect(told[0]?.message).toContain('never allows start');
  });

  it('notes callers and jobs that no rule is about', () => {
    const told = findings(`${top}${all.replace(', console', '').replace(', mail', '')}`);
    expect(told.map(({ code, path }) => [code, path])).toEqual([
      ['unused_job', 'jobs.mail'],
      ['unused_caller', 'callers.console'],
    ]);
  });

  it('tells that rules of an empty catalog cover nothing', () => {
    const text = `version: 1\ncallers: { c: { tenant: ${id}, user: ${id} } }\nrules: [{ id: r, effect: allow, callers: [c], actions: [read], jobs: ["*"] }]\n`;
    expect(findings(text)).toMatchObject([{ code: 'covers_no_job' }]);
  });

  it('tells what the broker would refuse as errors, and gives no digest', () => {
    const report = lintPolicy(new TextEncoder().encode(`${top}${all.replace('[hr, mail]', '[hr, post]')}`), 'p', now);
    expect(report).toEqual({
      findings: [expect.objectContaining({ code: 'unknown_reference', severity: 'error', line: 9 })],
    });
  });
});
