import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('docs/threat-model.md', 'utf8');
/** Rows of the tables of threats: `| N1 | S | ... |`. */
const threats = [...page.matchAll(/^\| ([A-Z]\d+) +\| ([STRIDE]) +\| (.*) \|$/gm)].map(
  ([, id = '', kind = '', rest = '']) => ({
    id,
    kind,
    tests: [...rest.matchAll(/`([^`]+\.spec\.ts)`(?: "([^"]+)")?/g)].map(([, file = '', name]) => ({ file, name })),
  }),
);

/** Whether a test of this name stands in the file, in whatever quotes. */
function holdsTest(file: string, name: string): boolean {
  const text = readFileSync(file, 'utf8');
  return [`'${name}'`, `"${name}"`, `\`${name}\``, `'${name.replaceAll('’', String.raw`\'`)}'`].some((quoted) =>
    text.includes(`it(${quoted},`),
  );
}

describe('the threat model', () => {
  it('has threats of every kind, each under an id of its own and with a test', () => {
    expect([...new Set(threats.map(({ kind }) => kind))].toSorted()).toEqual(['D', 'E', 'I', 'R', 'S', 'T']);
    expect(new Set(threats.map(({ id }) => id)).size).toBe(threats.length);
    expect(threats.length).toBeGreaterThan(30);
    expect(threats.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  it('names only test files and tests that exist', () => {
    const named = threats.flatMap(({ id, tests }) => tests.map((test) => ({ id, ...test })));

    expect(named.filter(({ file }) => !existsSync(file))).toEqual([]);
    expect(named.filter(({ file, name }) => name !== undefined && !holdsTest(file, name))).toEqual([]);
  });
});
