import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alarmNames } from '#alarms';
import { StartupError } from '../start/startup-error.ts';
import { loadAlarmsFile } from './alarms-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'interlock-alarms-'));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const secret = write('secret', `whsec_${Buffer.alloc(32, 7).toString('base64')}\n`);
const load = (text: string) => loadAlarmsFile(write('alarms.yaml', text));
const problemsOf = (work: () => unknown): readonly string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof StartupError) return error.problems.map((line) => line.replace(`${folder}/`, ''));
    throw error;
  }
  return [];
};
const one = (...lines: readonly string[]) =>
  [
    'version: 1',
    'destinations:',
    '  - name: pager',
    `    secretFiles: [${secret}]`,
    ...lines.map((line) => `    ${line}`),
  ].join('\n');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('an alarms file', () => {
  it('names who hears of what', () => {
    expect(load(one('url: https://receiver.example/x', 'events: [break-glass, superseded]'))).toEqual([
      {
        name: 'pager',
        url: 'https://receiver.example/x',
        secretFiles: [secret],
        events: ['break-glass', 'superseded'],
        disclose: [],
        reach: 'public',
      },
    ]);
  });

  it('may name all alarms, what is sent in plain, and how far it reaches', () => {
    const base = ['url: https://receiver.example/', 'events: ["*"]'];
    expect(load(one(...base, 'disclose: [reason]', 'allowPrivate: true'))).toMatchObject([
      { events: alarmNames, disclose: ['reason'], reach: 'private' },
    ]);
    expect(
      load(`${one('url: http://localhost:9000/', 'events: ["*"]', 'allowHttp: true')}\nports: [9000]\n`),
    ).toMatchObject([{ reach: 'loopback' }]);
  });

  it('tells the place of each mistake', () => {
    const file = one(
      'url: http://receiver.example/',
      'events: [break-glass, break-fast]',
      'disclose: [token]',
      'colour: red',
    );
    expect(problemsOf(() => load(file))).toEqual([
      expect.stringMatching(/^alarms\.yaml:6:27 destinations\[0\]\.events\[1\]: must be one of \*, hold-expired, /),
      expect.stringMatching(/^alarms\.yaml:7:16 destinations\[0\]\.disclose\[0\]: must be one of actor\.oid, /),
      'alarms.yaml:8:5 destinations[0].colour: is not a key here',
    ]);
  });

  it.each([
    ['plain http', 'http://receiver.example:443/', /url: must be https/],
    ['another scheme', 'file:///etc/passwd', /url: must be an https URL/],
    ['a password', 'https://me:secret@receiver.example/', /url: must be an https URL without user, password/],
    ['another port', 'https://receiver.example:8443/', /url: has a port that `ports` does not allow/],
    ['no URL', 'receiver', /url: must be an https URL/],
  ])('refuses %s', (_, url, message) => {
    const problems = problemsOf(() => load(one(`url: ${url}`, 'events: ["*"]')));
    expect(problems.join('\n')).toMatch(message);
    expect(problems.join('\n')).not.toContain('secret@');
  });

  it('refuses two destinations of one name, whose cursors would be one', () => {
    const entry = `  - { name: a, url: "https://r.example/", secretFiles: [${secret}], events: ["*"] }`;
    expect(problemsOf(() => load(`version: 1\ndestinations:\n${entry}\n${entry}\n`))).toEqual([
      'alarms.yaml:4:13 destinations[1].name: is used twice',
    ]);
  });

  it('names files that cannot be used, and shows no secret', () => {
    const short = write('short', 'whsec_c2hvcnQ=');
    const file = `version: 1
destinations:
  - { name: a, url: "https://r.example/", secretFiles: [/not/there, ${short}], events: ["*"] }
`;
    expect(problemsOf(() => load(file))).toEqual([
      'INTERLOCK_ALARMS  unreadable: the secret file /not/there cannot be read',
      'INTERLOCK_ALARMS  invalid: short holds no secret: A webhook secret is whsec_ and 24 to 64 random bytes in base64',
    ]);
    expect(problemsOf(() => loadAlarmsFile('/not/there.yaml'))).toEqual([
      'INTERLOCK_ALARMS  unreadable: the alarms file /not/there.yaml cannot be read',
    ]);
  });
});
