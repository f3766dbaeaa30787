import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AlarmName, alarmFileSchema, alarmNames, alarmTable, signedHeaders, WebhookSecret } from '#alarms';
import { personalFieldNames } from '#audit';
import type { EpochMillis, EventId } from '#kernel';
import { parse } from 'yaml';

const page = readFileSync('docs/alarms.md', 'utf8');
const block = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(page)?.[1] ?? '';
const folder = mkdtempSync(join(tmpdir(), 'interlock-alarms-guide-'));
const at = Date.UTC(2026, 0, 5, 9) as EpochMillis;
const [old, next, other] = [1, 2, 3].map((byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`);
const body = '{"summary":"größer"}';
const signed = signedHeaders(
  [old, next].map((text) => WebhookSecret.parse(text ?? '')),
  'event' as EventId,
  at,
  body,
);
/** Whether it is genuine: as signed, with the other secret of two, with neither, changed, and too late. */
const questions = [
  [signed, body, old, at / 1_000],
  [signed, body, next, at / 1_000],
  [signed, body, other, at / 1_000],
  [signed, `${body} `, old, at / 1_000],
  [signed, body, old, at / 1_000 + 301],
] as const;
const answers = [true, true, false, false, false];

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the guide to alarms', () => {
  it('has the alarms of the code, with what raises them and what they mean', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (`[a-z._-]+\..*?`) +\| (.*?) +\| (.*?) +\|$/gm)];
    expect(rows.map(([, name, of, summary]) => ({ name, of, summary }))).toEqual(
      alarmNames.map((name: AlarmName) => ({
        name,
        of: alarmTable[name].of.map((type) => `\`${type}\``).join(', '),
        summary: alarmTable[name].summary,
      })),
    );
    expect(rows.filter(([, , , , remedy = '']) => remedy.length < 8)).toEqual([]);
  });

  it('shows an alarms file that can be read', () => {
    expect(alarmFileSchema(personalFieldNames).safeParse(parse(block('yaml'))).error).toBeUndefined();
  });

  it('shows how to verify a signature in Node', () => {
    const file = join(folder, 'genuine.mjs');
    writeFileSync(file, block('js'));
    const program = `import { isGenuine } from ${JSON.stringify(pathToFileURL(file).href)};
console.log(JSON.stringify(${JSON.stringify(questions)}.map((question) => isGenuine(...question))));`;
    const out = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
    expect(JSON.parse(out)).toEqual(answers);
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  (hasPython ? it : it.skip)('shows how to verify a signature in Python', () => {
    const program = `${block('python')}
import json, sys
print(json.dumps([is_genuine(*question) for question in json.load(sys.stdin)]))`;
    const out = execFileSync('python3', ['-c', program], { encoding: 'utf8', input: JSON.stringify(questions) });
    expect(JSON.parse(out)).toEqual(answers);
  });
});
