import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { breath } from '../support/breath.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { interlockHere } from '../support/commands-here.ts';
import { compileCache } from '../support/compile-cache.ts';
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
let broker: BrokerProcess;
let environment: Record<string, string>;
const ran: string[] = [];
const at = (file: string) => join(interlock.folder, file);

beforeAll(async () => {
  interlock = await Interlock.start();
  mkdirSync(at('bin'));
  mkdirSync(at('worm'));
  for (const [name, file] of [
    ['interlock', 'bin/interlock.js'],
    ['interlock-verify', 'apps/verifier/src/main.js'],
  ] as const) {
    const main = join(root, 'dist', file);
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
    env: { ...compileCache, ...environment, PATH: path },
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

const Standing = z.object({ size: z.number(), anchors: z.array(z.object({ size: z.number() })) });

async function standingOfLog(): Promise<z.infer<typeof Standing>> {
  const { data } = await call(`${broker.url}/api/audit/log`, { token: await interlock.reviewer() });
  return Standing.parse(data);
}

/** Waits until the directory holds a checkpoint of the log with more entries than it has at first; gives its size. */
async function anchoredFurther(): Promise<number> {
  const { size } = await standingOfLog();
  for (;;) {
    // The log grows by being read.
    await eventsOver(broker.url, await interlock.reviewer());
    const [anchor] = (await standingOfLog()).anchors;
    if (anchor !== undefined && anchor.size > size) return anchor.size;
    await breath();
  }
}

/** In the order of the page: each step goes on from the one before. */
describe('the page of operations', () => {
  it('makes a key with which a broker starts', async () => {
    run('Making one');
    broker = await interlock.broker(environment);
    await anchoredFurther();
    await broker.stop();
  });

  it('replaces it, and the log verifies with the trust file', async () => {
    run('Replacing it');
    set({ INTERLOCK_LOG_KEY_FILE: at('log-key-2.pem'), INTERLOCK_LOG_PREVIOUS_KEY_FILE: at('log-key.pem') });
    broker = await interlock.broker(environment);

    expect(run('Replacing it')).toContain('verified');
    expect(JSON.parse(readFileSync(at('trust.json'), 'utf8'))).toHaveLength(2);
    delete environment['INTERLOCK_LOG_PREVIOUS_KEY_FILE'];
  });

  it('backs up and restores, and a restored log that others have seen further is refused with the message', async () => {
    expect(run('Backup and restore')).toContain('verified');
    const anchored = await anchoredFurther();
    await broker.stop();
    run('Backup and restore');
    const refused: unknown = await interlock.broker(environment).catch((error: unknown) => error);

    expect(refused).toMatchObject({
      exitCode: 2,
      output: expect.stringMatching(
        new RegExp(`The stored log has \\d+ entries; dir:.* holds its checkpoint of ${anchored}\\..*log succeed`),
      ) as string,
    });
  });

  it('begins a successor that cites what was lost; both logs verify', async () => {
    expect(run('The log went back')).toMatch(/contoso\/2 begins after .*contoso at \d+ entries, as dir:/);
    set({ INTERLOCK_LOG_ORIGIN: 'broker.example/audit/contoso/2' });
    broker = await interlock.broker(environment);
    const [first] = await eventsOver(broker.url, await interlock.reviewer());
    await anchoredFurther();
    await broker.stop();

    expect(first).toMatchObject({
      type: 'log.created',
      previous: expect.stringMatching(/^broker\.example\/audit\/contoso\n\d+\n/) as string,
    });
    expect(run('The log went back').match(/^.*verified/gm)?.length).toBeGreaterThanOrEqual(2);
  });

  it('refuses a successor under a name that is taken, or under the same one', async () => {
    set({ INTERLOCK_LOG_ORIGIN: 'broker.example/audit/contoso' });

    for (const [origin, words] of [
      ['broker.example/audit/contoso/2', 'already'],
      ['broker.example/audit/contoso', 'another than'],
      ['not an origin', '--origin must be'],
    ] as const) {
      const ended = await interlockHere(['log', 'succeed', '--origin', origin], environment);
      expect(ended).toMatchObject({ code: 2, error: expect.stringContaining(words) as string });
    }
  });

  it('has no command that no test has run', () => {
    const all = [...blocks].flatMap(([title, texts]) => texts.map(() => title));
    expect(ran.toSorted()).toEqual(all.filter((title) => !ranElsewhere.includes(title)).toSorted());
  });
});
