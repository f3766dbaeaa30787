import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkAlarms } from './check-alarms.ts';

const folder = mkdtempSync(join(tmpdir(), 'interlock-doctor-alarms-'));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const secret = write('secret', `whsec_${Buffer.alloc(32, 7).toString('base64')}\n`);
const file = (...destinations: readonly string[]) =>
  write('alarms.yaml', ['version: 1', 'destinations:', ...destinations.map((line) => `  - ${line}`)].join('\n'));
const destination = (name: string, secretFile: string) =>
  `{ name: ${name}, url: 'https://receiver.example/', secretFiles: ['${secretFile}'], events: ['*'] }`;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the doctor on alarms', () => {
  it('says that nobody hears of them where no file is named', async () => {
    expect(await checkAlarms(undefined)).toMatchObject([{ level: 'ok', message: expect.stringContaining('nobody') }]);
  });

  it('names who hears of them', async () => {
    expect(await checkAlarms(file(destination('pager', secret), destination('siem', secret)))).toMatchObject([
      { check: 'alarms', level: 'ok', message: expect.stringContaining('pager, siem hears of alarms') },
    ]);
  });

  it('finds a file that is not there, and one that says what it may not', async () => {
    expect(await checkAlarms(join(folder, 'none.yaml'))).toMatchObject([{ level: 'fail', code: 'alarms_unreadable' }]);
    expect(await checkAlarms(file('{ name: pager, colour: blue }'))).toContainEqual(
      expect.objectContaining({
        level: 'fail',
        code: 'unknown_key',
        message: expect.stringMatching(/alarms\.yaml:3:/),
      }),
    );
  });

  it('finds each secret that cannot be read or is none, and never tells what is in it', async () => {
    const broken = write('broken', 'not-a-secret');
    const found = await checkAlarms(file(destination('pager', join(folder, 'none')), destination('siem', broken)));

    expect(found).toMatchObject([
      { level: 'fail', code: 'alarm_secret_unreadable', message: expect.stringContaining('of pager') },
      { level: 'fail', code: 'alarm_secret_invalid', message: expect.stringContaining('of siem') },
    ]);
    expect(JSON.stringify(found)).not.toContain('not-a-secret');
  });
});
