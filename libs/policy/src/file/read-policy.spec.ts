import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describeProblem } from './policy-problem.ts';
import { readPolicy } from './read-policy.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function problemsOf(text: string): readonly string[] {
  const reading = readPolicy(bytes(text), 'policy.yaml');
  return reading.ok ? [] : reading.problems.map(describeProblem);
}

const id = '70000000-0000-4000-8000-000000000001';
const top = `version: 1
jobs: { a: { servicePrincipalId: ${id}, jobId: one, tags: [hr] } }
callers: { c: { tenant: ${id}, application: ${id} } }
`;
/** A file whose only rule, on line 5, is given. */
const withRule = (rule: string) => `${top}rules:\n  - ${rule}\n`;
const jobX = `{ servicePrincipalId: ${id}, jobId: x }`;
const allow = 'id: r, effect: allow, callers: [c], actions: [read, start], jobs: [a]';
const withMore = (more: string) => withRule(`{ ${allow}, ${more} }`);
const withJob = (entry: string) => `version: 1\njobs:\n  ${entry}\nrules: [{ id: r, effect: deny }]\n`;
const withCaller = (entry: string) => `version: 1\ncallers:\n  ${entry}\nrules: [{ id: r, effect: deny }]\n`;

describe('a good policy file', () => {
  it('becomes a policy with the digest of its bytes', () => {
    const text = withMore(
      'require: { maxDuration: P1D }, during: [{ from: 2026-01-01T00:00:00Z }], startQuarantined: true',
    );
    const reading = readPolicy(bytes(text), 'policy.yaml');
    expect(reading).toMatchObject({ ok: true, policy: { sha256: createHash('sha256').update(text).digest('hex') } });
  });

  it.each([
    ['no jobs and no callers', 'version: 1\nrules: [{ id: locked, effect: deny }]'],
    ['a byte order mark', `\ufeff${withMore('description: x')}`],
    ['CRLF line ends', withMore('description: x').replaceAll('\n', '\r\n')],
    [
      'the same jobId at two service principals',
      withJob(
        `a: { servicePrincipalId: ${id}, jobId: x }\n  b: { servicePrincipalId: ${id.replace('7', '8')}, jobId: x }`,
      ),
    ],
    [
      'a whole service principal beside one of its jobs',
      withJob(`a: { servicePrincipalId: ${id}, jobId: x }\n  b: { servicePrincipalId: ${id} }`),
    ],
    ['names that objects have by birth', withCaller(`constructor: { tenant: ${id}, user: ${id} }`)],
    [
      'hours by an alias',
      `${top}rules:\n  - { ${allow}, windows: &hours [{ zone: UTC, from: "08:00", to: "24:00" }] }\n  - { id: s, effect: deny, windows: *hours }`,
    ],
    [
      'a directory role by its template id',
      withCaller(
        'c: { tenant: 70000000-0000-4000-8000-000000000001, directoryRole: 29232CDF-9323-42FD-ADE2-1D097AF3E4DE }',
      ),
    ],
  ])('may have %s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

/** The text without its mark, and where the mark was, as a problem there begins. */
function marked(text: string): readonly [text: string, place: string] {
  const lines = text.slice(0, text.indexOf('§')).split('\n');
  return [text.replace('§', ''), `policy.yaml:${lines.length}:${(lines.at(-1) ?? '').length + 1}`];
}

describe('the example in docs/policy.md', () => {
  it('is a good policy file', () => {
    const page = readFileSync(new URL('../../../../docs/policy.md', import.meta.url), 'utf8');
    const example = /```yaml\n(.*?)```/s.exec(page)?.[1];
    expect(example).toContain('year-end-freeze');
    expect(problemsOf(example ?? '')).toEqual([]);
  });
});

describe('a problem in a policy file', () => {
  const notAName = 'must be lower-case letters and digits, with "-" between words';
  const notAGuid = 'must be a GUID such as 00000000-0000-0000-0000-000000000000';
  const notARole =
    'must be ApplicationAdministrator, CloudApplicationAdministrator, GlobalAdministrator, GlobalReader, ' +
    'HybridIdentityAdministrator, or the template id of a role that not everyone has';
  const kinds = 'application, user, directoryRole, role';
  const roleOfAll = 'B79FBF4D-3EF9-4689-8143-76B194E85509';
  const upper = id.toUpperCase();

  it.each([
    ['an empty file', '§', 'must be a mapping'],
    ['another version', 'version: §2\nrules: []', 'version: must be 1'],
    ['a version in quotes', 'version: §"1"\nrules: []', 'version: must be 1'],
    ['no rules', `§${top}`, 'rules: is missing'],
    ['an empty list of rules', `${top}rules: §[]`, 'rules: must not be empty'],
    ['an unknown key at the top', `${withRule(`{ ${allow} }`)}§extra: 1`, 'extra: is not a key here'],
    ['a key given twice', withRule(`{ ${allow}, §id: s }`), 'rules[0].id: is given twice'],
    ['__proto__', withJob('§__proto__: {}'), 'jobs.__proto__: is not a key that a policy may have'],
    ['a bad name', withJob('§"A b": {}'), `jobs["A b"]: is not a name: ${notAName}`],
    ['a bad GUID', withJob('a: { servicePrincipalId: §hr }'), `jobs.a.servicePrincipalId: ${notAGuid}`],
    ['a bad job id', withJob('a: { jobId: §a/b }'), 'jobs.a.jobId: must be 1 to 200 letters, digits, ".", "_" or "-"'],
    ['an empty list of tags', withJob('a: { tags: §[] }'), 'jobs.a.tags: must not be empty'],
    ['a job named twice', withJob(`a: ${jobX}\n  §b: ${jobX.replace(id, upper)}`), 'jobs.b: is the same job as "a"'],
    [
      'a service principal named twice',
      withJob(`a: { servicePrincipalId: ${id} }\n  §b: { servicePrincipalId: ${id} }`),
      'jobs.b: is the same job as "a"',
    ],
    ['a caller who is nobody', withCaller(`c: §{ tenant: ${id} }`), `callers.c: needs exactly one of ${kinds}`],
    ['a caller who is two', withCaller(`c: §{ user: ${id}, role: x }`), `callers.c: needs exactly one of ${kinds}`],
    [
      'via of an application',
      withCaller(`c: { application: ${id}, via: §${id} }`),
      'callers.c.via: is only for people: an application acts for itself',
    ],
    ['a role of everyone', withCaller(`c: { directoryRole: §${roleOfAll} }`), `callers.c.directoryRole: ${notARole}`],
    ['an unknown role', withCaller('c: { directoryRole: §constructor }'), `callers.c.directoryRole: ${notARole}`],
    ['an unknown caller', withRule('{ callers: [c, §d] }'), 'rules[0].callers[1]: there is no caller "d"'],
    ['an unknown job', withRule('{ jobs: [a, §b] }'), 'rules[0].jobs[1]: there is no job or tag "b"'],
    ['an unknown tag', withRule('{ jobs: [§"tag:x"] }'), 'rules[0].jobs[0]: there is no job or tag "tag:x"'],
    [
      'a rule id used twice',
      `${withRule(`{ ${allow} }`)}  - { id: §r, effect: deny }\n`,
      'rules[1].id: is the id of a rule above',
    ],
    ['an unknown effect', withRule('{ id: r, effect: §permit }'), 'rules[0].effect: must be allow or deny'],
    ['no effect', withRule('§{ id: r }'), 'rules[0].effect: must be allow or deny'],
    [
      'an unknown action',
      withRule('{ actions: [§restart] }'),
      'rules[0].actions[0]: must be one of read, pause, start',
    ],
    ['an allow without callers', withRule('§{ id: r, effect: allow }'), 'rules[0].callers: is missing'],
    ['requirements of a deny', withRule('{ effect: deny, §require: {} }'), 'rules[0].require: is not a key here'],
    ['empty requirements', withMore('require: §{}'), 'rules[0].require: must not be empty'],
    [
      'a reason of no length',
      withMore('require: { reason: { minLength: §0 } }'),
      'rules[0].require.reason.minLength: must be at least 1',
    ],
    [
      'a bad pattern',
      withMore('require: { ticket: { pattern: §"CHG(" } }'),
      'rules[0].require.ticket.pattern: is not an RE2 pattern: missing closing ): `CHG(`',
    ],
    [
      'a pattern without quotes',
      withMore('require: { ticket: { pattern: §[0-9] } }'),
      'rules[0].require.ticket.pattern: must be text (put it in quotes)',
    ],
    [
      'a bad duration',
      withMore('require: { maxDuration: §P1M }'),
      'rules[0].require.maxDuration: must be an ISO 8601 duration without years and months, such as PT4H',
    ],
    [
      'a bad zone',
      withMore('windows: [{ zone: §CEST+1 }]'),
      'rules[0].windows[0].zone: must be a time zone of the IANA database, such as Europe/Berlin',
    ],
    ['an unknown day', withMore('windows: [{ days: [mon, §monday] }]'), expect.stringContaining('windows[0].days[1]')],
    ['an empty list of days', withMore('windows: [{ days: §[] }]'), 'rules[0].windows[0].days: must not be empty'],
    [
      'a window without length',
      withMore('windows: [§{ from: "08:00", to: "08:00" }]'),
      'rules[0].windows[0]: "from" and "to" are the same; a whole day is "00:00" to "24:00"',
    ],
    [
      'a window from 24:00',
      withMore('windows: [{ from: §"24:00" }]'),
      'rules[0].windows[0].from: must be before "24:00"',
    ],
    [
      'a period that ends before it begins',
      withMore('during: §{ from: 2027-01-01T00:00:00Z, to: 2026-01-01T00:00:00Z }'),
      'rules[0].during: "from" must be before "to"',
    ],
    ['a period without an end', withMore('during: [§{}]'), 'rules[0].during[0]: needs "from", "to" or both'],
    ['no periods', withMore('during: §[]'), 'rules[0].during: must not be empty'],
    [
      'a day that no calendar has',
      withMore('during: { from: §2026-02-30T00:00:00Z }'),
      'rules[0].during.from: must be a date and time with zone, such as 2026-12-20T00:00:00Z',
    ],
    ['an unknown key of a period', withMore('during: { §until: x }'), 'rules[0].during.until: is not a key here'],
    [
      'a quarantine without start',
      withRule(`{ ${allow.replace(', start', '')}, startQuarantined: §true }`),
      'rules[0].startQuarantined: needs "start" among the actions',
    ],
    [
      'broken glass for reading',
      withMore('breakGlass: §true'),
      'rules[0].breakGlass: is for changes: reading asks for no reason',
    ],
    ['a limit of years', withMore('limit: { requests: 1, per: §P2D }'), 'rules[0].limit.per: must be from PT1S to P1D'],
    ['wide: false', withMore('wide: §false'), 'rules[0].wide: must be true'],
    [
      'an alias of nothing',
      withMore('windows: *none'.replace('*', '§*')),
      'rules[0].windows: there is no anchor "none" before this alias',
    ],
    [
      'a tag of YAML',
      withMore('description: !!str §x'),
      'rules[0].description: has a YAML tag; tags are not supported',
    ],
  ])('is told with its place: %s', (_, text, problem: unknown) => {
    const [file, place] = marked(text);
    const told = problemsOf(file).filter((line) => line.startsWith(`${place} `));
    expect(told.map((line) => line.slice(place.length + 1))).toContainEqual(problem);
  });

  it('does not hide another: all are told at once, in the order of the file', () => {
    const text = `version: 1
jobs:
  a: { servicePrincipalId: §nope, §extra: 1 }
  b: { servicePrincipalId: ${id} }
callers:
  c: { tenant: ${id}, role: §"" , via: §1 }
rules:
  - { id: r, effect: §maybe, actions: [§jump], §when: 1, callers: [§d] }
  - §{ id: §r, effect: allow, callers: §[], actions: §5, startQuarantined: true, windows: [{ zone: §X, from: "08:00", to: §1, §k: 1 }] }
  - §7
`;
    const places: string[] = [];
    let rest = text;
    while (rest.includes('§')) {
      const [next, place] = marked(rest);
      places.push(place);
      rest = next;
    }
    expect(problemsOf(rest).map((line) => line.replace(/ .*/, ''))).toEqual(places);
  });
});
