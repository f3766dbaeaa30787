import fc from 'fast-check';
import { type PolicyReading, readPolicy } from './read-policy.ts';
import { maxPolicyBytes } from './read-yaml.ts';

const read = (text: string): PolicyReading => readPolicy(new TextEncoder().encode(text), 'policy.yaml');
const codesOf = (reading: PolicyReading) => (reading.ok ? [] : [...new Set(reading.problems.map(({ code }) => code))]);
const messagesOf = (reading: PolicyReading) => (reading.ok ? [] : reading.problems.map(({ message }) => message));

const id = '70000000-0000-4000-8000-000000000001';
const good = {
  version: 1,
  jobs: { a: { servicePrincipalId: id, jobId: 'one', tags: ['hr'] } },
  callers: { c: { tenant: id, directoryRole: 'GlobalReader', via: id } },
  rules: [
    {
      id: 'r',
      effect: 'allow',
      callers: ['c'],
      actions: ['start'],
      jobs: ['a'],
      require: { reason: { minLength: 1 }, ticket: { pattern: 'x' }, maxDuration: 'PT1H' },
      windows: [{ zone: 'UTC', days: ['mon'], from: '08:00', to: '09:00' }],
      during: { from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' },
      startQuarantined: true,
    },
  ],
};

/** Every path to a value in `good`. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaced(value: unknown, [step, ...rest]: readonly string[], by: unknown): unknown {
  if (step === undefined) return by;
  const copy = structuredClone(value);
  Reflect.set(Object(copy), step, replaced(Reflect.get(Object(value), step), rest, by));
  return copy;
}

describe('whatever the file, reading it', () => {
  it('gives problems and does not throw, for any bytes', () => {
    const some = fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(codesOf(readPolicy(bytes, 'policy.yaml'))).not.toEqual([]);
    });
    fc.assert(some, { numRuns: 300 });
  });

  it('gives problems and does not throw, for any text in the alphabet of YAML', () => {
    const parts = [
      'version: 1',
      'rules:',
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a ',
      '*a',
      '!!str ',
      '|',
      '>',
      '"',
      "'",
      '#',
      '? ',
      '---\n',
      '%YAML 1.1\n',
      '<<: ',
      '\t',
      '\0',
      '\\',
      '~',
      '1e999',
    ];
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((chosen) => chosen.join(''));
    const some = fc.property(text, (given) => {
      expect(codesOf(read(given))).not.toEqual([]);
    });
    fc.assert(some, { numRuns: 1_000 });
  });

  it('gives problems, all with a place and a message, for a good file with any value put anywhere', () => {
    expect(codesOf(read(JSON.stringify(good)))).toEqual([]);
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>(null, [], {}, '', 0, [[]], [{}], '__proto__'),
    );
    const some = fc.property(fc.constantFrom(...pathsOf(good)), anything, (path, value) => {
      const reading = read(JSON.stringify(replaced(good, path, value)));
      if (reading.ok) return;
      expect(reading.problems).not.toHaveLength(0);
      for (const problem of reading.problems) {
        expect(problem).toMatchObject({ line: 1, column: expect.any(Number), message: expect.stringMatching(/\S/) });
        expect(problem.message).not.toMatch(/Invalid input|undefined|\n/);
      }
    });
    fc.assert(some, { numRuns: 1_000 });
  });

  it.each([
    ['1 MiB and a byte', ' '.repeat(maxPolicyBytes + 1), ['too_large']],
    ['ten thousand open brackets', '['.repeat(10_000), ['yaml_syntax']],
    ['ten thousand nested lists', `${'- '.repeat(10_000)}a`, ['yaml_syntax']],
    ['two documents', 'version: 1\n---\nversion: 1\n', ['yaml_syntax']],
    ['YAML 1.1', '%YAML 1.1\n---\nversion: 1\n', ['yaml_syntax']],
    ['tabs as indentation', 'version: 1\nrules:\n\t- a\n', ['yaml_syntax']],
    ['more rules than there may be', `version: 1\nrules: [${'{},'.repeat(10_001)}]`, ['invalid_value']],
  ])('does not choke on %s', (_, text, codes) => {
    expect(codesOf(read(text)).toSorted()).toEqual(codes.toSorted());
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(codesOf(readPolicy(Uint8Array.of(0x76, 0xc3, 0x28), 'policy.yaml'))).toEqual(['not_utf8']);
  });

  it('refuses values nested deeper than any policy', () => {
    expect(messagesOf(read(`a: ${'['.repeat(40)}${']'.repeat(40)}`))).toContain('is nested too deeply');
  });

  it('refuses aliases that stand for billions of values, and an alias within what it names', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(', ')}]`,
    );
    expect(messagesOf(read(`l0: &l0 [x]\n${levels.join('\n')}\n`))).toContain('aliases stand for too much');
    expect(messagesOf(read('a: &a [*a]\n'))).toContain('there is no anchor "a" before this alias');
  });

  it('takes time in proportion to the number of keys, not to its square', () => {
    // The parser's own check of unique keys would take minutes for these.
    const keys = Array.from({ length: 60_000 }, (_, n) => `k${n}: 1\n`).join('');
    const reading = read(`version: 1\nk7: 2\n${keys}`);
    expect(reading.ok ? [] : reading.problems).toContainEqual(
      expect.objectContaining({ code: 'duplicate_key', path: 'k7' }),
    );
  });

  it('counts problems beyond a thousand instead of telling them', () => {
    const reading = read(`version: 1\nrules: [${'7, '.repeat(3_000)}]`);
    expect(reading.ok ? [] : reading.problems).toHaveLength(1_001);
    expect(messagesOf(reading).at(-1)).toBe('and 2000 more problems');
  });

  it('tells problems on one line each, without characters that could forge or hide one', () => {
    const hostile = '\\e[2K\\u202e\\u2028\\n\\u0007';
    const reading = read(`version: 1\n"${hostile}": 1\nrules: [{ callers: ["${hostile}"], id: *x\u202e }]\n`);
    const told = reading.ok ? [] : reading.problems.map(({ path, message }) => `${path} ${message}`);
    expect(told.length).toBeGreaterThan(2);
    expect(told.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});
