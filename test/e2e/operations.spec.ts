import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { breath } from '../support/breath.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';
import { eventsOver } from '../support/recorded-events.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/operations.md'), 'utf8');

/** Sections whose commands other suites run. */
const ranElsewhere: readonly string[] = ['Privacy and retention'];

/** The shell blocks of the page by section, in order; blocks within lists lose their indent. */
function shellBlocks(): ReadonlyMap<string, readonly string[]> {
  const blocks = new Map<string, string[]>();
  for (const part of page.split(/^(?=##+ )/m)) {
    const [, title = ''] = /^##+ (.+)$/m.exec(part) ?? [];
    for (const [, indent = '', text = ''] of part.matchAll(/^( *)```sh\n([^]*?)^ *```$/gm)) {
      blocks.set(title, [...(blocks.get(title) ?? []), text.replaceAll(new RegExp(`^${indent}`, 'gm'), '')]);
    }
  }
  return blocks;
}

const blocks = shellBlocks();
let interlock: Interlock;
let environment: Record<string, string>;
const ran: string[] = [];
const at = (file: string) => join(interlock.folder, file);

beforeAll(async () => {
  interlock = await Interlock.start();
  mkdirSync(at('bin'));
  mkdirSync(at('worm'));
  for (const [name, app] of [
    ['interlock', 'cli'],
    ['interlock-verify', 'verifier'],
  ] as const) {
    const main = join(root, `dist/apps/${app}/src/main.js`);
    writeFileSync(at(`bin/${name}`), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, { mode: 0o755 });
  }
  environment = interlock.environment({
    INTERLOCK_LOG_ORIGIN: 'broker.example/audit/contoso',
    INTERLOCK_ANCHORS: `dir:${at('worm')}`,
    INTERLOCK_ANCHOR_EVERY: 'PT1S',
  });
});
afterAll(() => interlock.stop());

/** Runs the next block of a section as it stands, in the folder of the database and the keys. */
function run(section: string): string {
  const text = blocks.get(section)?.[ran.filter((title) => title === section).length];
  if (text === undefined) throw new Error(`The section "${section}" has no such block`);
  ran.push(section);
  const path = `${at('bin')}:${process.env['PATH'] ?? ''}`;
  const ended = spawnSync('bash', ['-euc', text], {
    cwd: interlock.folder,
    env: { ...environment, PATH: path },
    encoding: 'utf8',
  });
  expect({ text, code: ended.status, error: ended.status === 0 ? '' : ended.stdout + ended.stderr }).toEqual({
    text,
    code: 0,
    error: '',
  });
  return ended.stdout;
}

const set = (changes: Record<string, string>) => {
  environment = { ...environment, ...changes };
};

const Standing = z.object({ anchors: z.array(z.object({ size: z.number() })) });

/** Runs a broker until its directory holds a checkpoint of the log with at least so many entries more than before. */
async function runBroker(): Promise<number> {
  const broker = await interlock.broker(environment);
  const token = await interlock.reviewer();
  const { length } = await eventsOver(broker.url, token);
  for (;;) {
    const { data } = await call(`${broker.url}/api/audit/log`, { token });
    const [anchor] = Standing.parse(data).anchors;
    if (anchor !== undefined && anchor.size >= length) {
      await broker.stop();
      return anchor.size;
    }
    await breath();
  }
}

/** In the order of the page: each step goes on from the one before. */
describe('the page of operations', () => {
  it('makes a key with which a broker starts', async () => {
    run('Making one');
    await runBroker();
  });

  it('replaces it, and the log verifies with the trust file', async () => {
    run('Replacing it');
    set({ INTERLOCK_LOG_KEY_FILE: at('log-key-2.pem'), INTERLOCK_LOG_PREVIOUS_KEY_FILE: at('log-key.pem') });
    await runBroker();

    expect(run('Replacing it')).toContain('verified');
    expect(JSON.parse(readFileSync(at('trust.json'), 'utf8'))).toHaveLength(2);
    delete environment['INTERLOCK_LOG_PREVIOUS_KEY_FILE'];
  });

  it('backs up and restores, and a restored log that others have seen further is refused with the message', async () => {
    expect(run('Backup and restore')).toContain('verified');
    const lost = await runBroker();
    run('Backup and restore');
    const refused: unknown = await interlock.broker(environment).catch((error: unknown) => error);

    expect(refused).toMatchObject({
      exitCode: 2,
      output: expect.stringMatching(
        new RegExp(`The stored log has \\d+ entries; dir:.* holds its checkpoint of ${lost}\\..*log succeed`),
      ) as string,
    });
  });

  it('begins a successor that cites what was lost; both logs verify', async () => {
    expect(run('The log went back')).toMatch(/contoso\/2 begins after .*contoso at \d+ entries, as dir:/);
    set({ INTERLOCK_LOG_ORIGIN: 'broker.example/audit/contoso/2' });
    await runBroker();
    const broker = await interlock.broker(environment);
    const [first] = await eventsOver(broker.url, await interlock.reviewer());
    await broker.stop();

    expect(first).toMatchObject({
      type: 'log.created',
      previous: expect.stringMatching(/^broker\.example\/audit\/contoso\n\d+\n/) as string,
    });
    expect(run('The log went back').match(/^.*verified/gm)?.length).toBeGreaterThanOrEqual(2);
  });

  it('refuses a successor under a name that is taken, or under the same one', () => {
    const succeed = (origin: string) =>
      spawnSync(at('bin/interlock'), ['log', 'succeed', '--origin', origin], { env: environment, encoding: 'utf8' });
    set({ INTERLOCK_LOG_ORIGIN: 'broker.example/audit/contoso' });

    for (const [origin, words] of [
      ['broker.example/audit/contoso/2', 'already'],
      ['broker.example/audit/contoso', 'another than'],
      ['not an origin', '--origin must be'],
    ] as const) {
      expect(succeed(origin)).toMatchObject({ status: 2, stderr: expect.stringContaining(words) as string });
    }
  });

  it('has no command that no test has run', () => {
    const all = [...blocks].flatMap(([title, texts]) => texts.map(() => title));
    expect(ran.toSorted()).toEqual(all.filter((title) => !ranElsewhere.includes(title)).toSorted());
  });
});
