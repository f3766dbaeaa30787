import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../apps/cli/src/program.ts';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { interlockCommand } from '../support/command-line.ts';
import { Interlock } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';

let interlock: Interlock;
let broker: BrokerProcess;
let tokenFile: string;
let token: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker();
  token = await interlock.hrPortal();
  tokenFile = join(interlock.folder, 'token');
  writeFileSync(tokenFile, `${token}\n`, { mode: 0o600 });
});
afterAll(() => interlock.stop());
beforeEach(() => {
  interlock.cloud.reset();
});

const why = ['--reason', goodJustification.reason, '--ticket', goodJustification.ticket];
/** In this process: most of a command's time is the loading of its modules. */
async function command(args: readonly string[], interactive = false) {
  const written = { out: '', error: '' };
  const code = await run(args, {
    out: (text) => {
      written.out += text;
    },
    error: (text) => {
      written.error += text;
    },
    interactive,
  });
  return { code, ...written };
}
const asked = (args: readonly string[], interactive = false) =>
  command([...args, '--url', broker.url, '--token-file', tokenFile], interactive);

describe('interlock pause', () => {
  it('pauses the jobs of a tag through the broker, tells each, and ends with 0 when all is done', async () => {
    const environment = { INTERLOCK_TOKEN: token, INTERLOCK_URL: broker.url };
    const ended = await interlockCommand(['pause', '--tag', 'hr', ...why, '--duration', 'PT1H'], environment);

    expect(ended.code).toBe(0);
    expect(ended.out).toBe(
      `done    hr-inbound (${jobs.hrInbound.servicePrincipalId}/${jobs.hrInbound.jobId})\n1 done\n`,
    );
    expect(ended.error).toMatch(/^operation [0-9a-f-]{36}: 1 jobs\./);
    expect(interlock.cloud.jobState(jobs.hrInbound).kind).toBe('paused');
  });

  it('ends with 1 when some jobs were not paused, and says why', async () => {
    const ended = await asked(['pause', '--alias', 'hr-inbound', 'scim', ...why]);
    const id = /operation (\S+):/.exec(ended.error)?.[1] ?? '';
    const followed = await asked(['operation', id, '--json']);

    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(
      /^done {4}hr-inbound.*\ndenied {2}scim .*: No rule.* \[no_matching_rule\]\n1 done, 1 denied\n$/,
    );
    expect(followed.code).toBe(1);
    expect(JSON.parse(followed.out)).toMatchObject({ id, state: 'finished', counts: { done: 1, denied: 1 } });
  });

  it('only tells what the policy says when it is a dry run', async () => {
    const ended = await asked(['pause', '--tag', 'hr', '--dry-run', ...why]);
    const without = await asked(['pause', '--tag', 'hr', '--dry-run']);

    expect(ended).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^allow {3}hr-inbound .*\n1 allowed, 0 denied; nothing was done\n$/),
    });
    expect(without).toMatchObject({
      code: 1,
      out: expect.stringContaining('requirement_missing, rule hr-portal-may-hold-hr'),
    });
    expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
  });

  it('draws a bar for a person at a terminal', async () => {
    const { code, error } = await asked(['pause', '--tag', 'hr', ...why], true);

    expect(code).toBe(0);
    expect(error).toContain(`\r[${'.'.repeat(30)}] 0/1 `);
    expect(error).toMatch(/\r\[#{30}\] 1\/1 1 done\u001b\[K\n$/);
  });
});

describe('interlock start', () => {
  it('is the counterpart, and is refused without the right', async () => {
    const refused = await asked(['start', '--tag', 'hr', ...why]);
    expect(refused).toMatchObject({ code: 2, out: '', error: expect.stringContaining('HTTP 403, insufficient_scope') });

    writeFileSync(
      tokenFile,
      await interlock.cloud.mintToken({ application: ids.hrPortal.appId, roles: ['Jobs.Start'] }),
    );
    const denied = await asked(['start', '--tag', 'hr', ...why]);
    expect(denied).toMatchObject({ code: 1, out: expect.stringContaining('[denied_by_rule]') });
  });

  it.each([
    ['no jobs', ['start', ...why], 'give --tag, --alias or --service-principal'],
    ['two selectors', ['start', '--tag', 'hr', '--alias', 'scim'], 'cannot be used with'],
    ['plain HTTP to another machine', ['start', '--tag', 'hr', '--url', 'http://broker.example'], 'by https'],
    ['a token file that is none', ['start', '--tag', 'hr', '--token-file', '/nowhere'], '/nowhere cannot be read'],
    ['an address where no broker is', ['start', '--tag', 'hr', '--url', 'http://127.0.0.1:1'], 'cannot be reached'],
  ])('ends with 2 for %s', async (_, args, message) => {
    const ended = await command([...args, ...(args.includes('--token-file') ? [] : ['--token-file', tokenFile])]);
    expect(ended).toMatchObject({ code: 2, out: '', error: expect.stringContaining(message) });
  });

  it('ends with 2 without a token', async () => {
    const ended = await command(['start', '--tag', 'hr', '--url', broker.url]);
    expect(ended).toMatchObject({ code: 2, error: expect.stringContaining('INTERLOCK_TOKEN') });
  });
});
