import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policyJsonSchema } from '#policy';
import { run } from '../program.ts';

const folder = mkdtempSync(join(tmpdir(), 'interlock-policy-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const id = '70000000-0000-4000-8000-000000000001';
const rules = `
  - { id: may, effect: allow, callers: [portal], actions: [pause], jobs: [hr], require: { ticket: { pattern: "CHG.*" } } }
  - { id: freeze, effect: deny, actions: [start], jobs: [hr], during: { to: 2026-12-01T00:00:00Z } }
`;
const text = (rest = rules) => `version: 1
jobs: { hr: { servicePrincipalId: ${id}, jobId: one } }
callers: { portal: { tenant: ${id}, application: ${id} } }
rules:${rest}`;
const cases = (expected: string) =>
  `tests:\n  - { name: no ticket, caller: portal, action: pause, job: hr, at: 2026-11-23T10:00:00Z, expect: ${expected} }\n`;

function fileOf(content: string, name = 'policy.yaml'): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function running(...args: readonly string[]) {
  const written = { out: '', error: '' };
  const code = await run(['policy', ...args], {
    out: (more) => {
      written.out += more;
    },
    error: (more) => {
      written.error += more;
    },
  });
  return { code, ...written };
}

describe('interlock policy lint', () => {
  const lint = (...options: readonly string[]) => running('lint', fileOf(text()), ...options);

  it('tells warnings with what to do, and ends with 0 unless it is strict', async () => {
    const warned = await lint('--at', '2027-01-01T00:00:00Z');
    expect(warned.out).toMatch(
      /policy\.yaml:6:\d+ warning rules\[1\]\.during: .*ended at 2026-12-01.*; remove .* \[expired\]\n.*: ok, 1 warning, sha256 [0-9a-f]{64}\n$/,
    );
    expect(warned.code).toBe(0);
    expect((await lint('--at', '2027-01-01T00:00:00Z', '--strict')).code).toBe(1);
    expect((await lint('--at', '2026-11-01T00:00:00Z', '--strict')).code).toBe(0);
  });

  it('tells the same as JSON', async () => {
    const { out } = await lint('--at', '2027-01-01T00:00:00Z', '--json');
    expect(JSON.parse(out)).toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      findings: [{ code: 'expired', severity: 'warning', line: 6, advice: expect.any(String) }],
    });
  });
});

describe('interlock policy test', () => {
  it('ends with 0 when all cases pass, of the file and of others', async () => {
    const file = fileOf(text() + cases('deny'));
    const more = fileOf(`version: 1\n${cases('deny')}`, 'cases.yaml');
    expect(await running('test', file, more)).toEqual({ code: 0, out: '2 passed, 0 failed\n', error: '' });
  });

  it('tells where a case stands that fails, why, and ends with 1', async () => {
    const file = fileOf(text() + cases('allow'));
    const { code, out } = await running('test', file);
    expect(code).toBe(1);
    expect(out).toBe(
      `${file}:8 failed "no ticket": expected allow, got deny (requirement_missing; ticket: must match CHG.*)\n0 passed, 1 failed\n`,
    );
    expect(JSON.parse((await running('test', file, '--json')).out)).toMatchObject({ results: [{ line: 8 }] });
  });

  it('does not take no cases for a success', async () => {
    expect(await running('test', fileOf(text()))).toMatchObject({
      code: 2,
      error: expect.stringContaining('no cases'),
    });
  });

  it('cannot run with a broken file, and says where it is broken', async () => {
    const policy = fileOf(text() + cases('deny'));
    const broken = fileOf(`version: 1\n${cases('maybe')}`, 'cases.yaml');
    expect(await running('test', policy, broken)).toMatchObject({
      code: 2,
      error: expect.stringMatching(/cases\.yaml:3:\d+ tests\[0\]\.expect: /),
    });
  });
});

describe('interlock policy explain', () => {
  const asked = ['--caller', 'portal', '--action', 'pause', '--job', 'hr', '--at', '2026-11-23T10:00:00Z'];

  it('tells every rule of a denial, and ends with 1', async () => {
    const { code, out } = await running('explain', fileOf(text()), ...asked);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^deny by may \(requirement_missing\)\n {2}needs ticket: must match CHG\.\*\n {2}pause of hr by portal at 2026-11-23T10:00:00\.000Z, policy [0-9a-f]{64}\n/,
    );
    expect(out).toContain('\n  allow  may  not by ticket, expected must match CHG.*, got none\n');
    expect(out).toContain('\n  deny   freeze  not by action, expected start, got pause\n');
  });

  it('ends with 0 for an allow', async () => {
    const { code, out } = await running(
      'explain',
      fileOf(text()),
      ...asked,
      '--ticket',
      'CHG1',
      '--duration',
      'PT2H',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      effect: 'allow',
      rule: 'may',
      trace: [{ rule: 'may' }, { rule: 'freeze' }],
    });
  });

  it.each([
    ['a caller that the file does not name', asked.with(1, 'nobody'), 'The policy has no caller "nobody".'],
    ['an unknown action', asked.with(3, 'stop'), 'Allowed choices are read, pause, start'],
    ['a time without zone', asked.with(7, '2026-11-23T10:00:00'), 'RFC 3339'],
    ['two ends', [...asked, '--duration', 'PT1H', '--until', '2026-11-24T10:00:00Z'], 'cannot be used with'],
  ])('cannot run with %s', async (_, options, why) => {
    const { code, error } = await running('explain', fileOf(text()), ...options);
    expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(why) });
  });
});

describe('interlock policy who-can', () => {
  it('tells callers with their terms', async () => {
    const file = fileOf(text());
    expect(await running('who-can', 'pause', 'hr', file)).toEqual({
      code: 0,
      out: 'portal (application)\n  by may (ticket: must match CHG.*)\n',
      error: '',
    });
    expect((await running('who-can', 'start', 'hr', file)).out).toBe('nobody can start hr\n');
    expect(JSON.parse((await running('who-can', 'pause', 'hr', file, '--json')).out)).toMatchObject({
      callers: [{ caller: 'portal', grants: [{ rule: 'may' }] }],
    });
  });
});

describe('interlock policy diff', () => {
  it('tells changes with both sides and ends with 1, and with 0 when there is none', async () => {
    const old = fileOf(text());
    const next = fileOf(text(rules.replace('CHG', 'INC').replace('start]', 'start, pause]')), 'next.yaml');
    const { code, out } = await running('diff', old, next);
    expect(code).toBe(1);
    expect(out).toBe(
      'changed pause of hr by portal\n' +
        '  was by may (ticket: must match CHG.*)\n' +
        '  is  by may (ticket: must match INC.*)\n' +
        '  is  except freeze (during: before 2026-12-01T00:00:00.000Z)\n',
    );
    expect(JSON.parse((await running('diff', old, next, '--json')).out)).toMatchObject({
      changes: [{ kind: 'changed' }],
    });
    expect(await running('diff', old, old)).toMatchObject({ code: 0, out: 'no caller gains or loses anything\n' });
  });

  it('cannot run with a broken file', async () => {
    const broken = fileOf('version: 2\n', 'broken.yaml');
    expect(await running('diff', fileOf(text()), broken)).toMatchObject({
      code: 2,
      error: expect.stringContaining('broken.yaml:1:10 '),
    });
  });
});

describe('interlock policy schema', () => {
  it('prints the schema that editors take', async () => {
    expect(JSON.parse((await running('schema')).out)).toEqual(policyJsonSchema());
  });
});
