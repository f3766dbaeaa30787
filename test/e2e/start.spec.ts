import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareStart } from '../../apps/broker/src/start/prepare-start.ts';
import { LogKey } from '#audit';
import { CodedError } from '#kernel';
import { BrokerEnded, startBrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';

let interlock: Interlock;

beforeAll(async () => {
  interlock = await Interlock.start();
});
afterAll(() => interlock.stop());

async function failedStart(environment: Record<string, string>): Promise<BrokerEnded> {
  const failure: unknown = await startBrokerProcess(environment).catch((error: unknown) => error);
  if (failure instanceof BrokerEnded) return failure;
  throw new Error('the broker started');
}

/** What a start prints that is refused: that it does, and ends, takes one process to show. */
function refusal(environment: Record<string, string>): string {
  try {
    prepareStart(environment);
  } catch (error) {
    if (error instanceof CodedError) return error.message;
    throw error;
  }
  throw new Error('nothing was found wrong');
}

describe('a start', () => {
  it('with nothing configured says in one screen what is missing', async () => {
    const { exitCode, output } = await failedStart({});

    expect(exitCode).toBe(2);
    for (const name of ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'INTERLOCK_CREDENTIAL', 'INTERLOCK_AUDIENCES']) {
      expect(output).toContain(name);
    }
    expect(output.split('\n').length).toBeLessThan(24);
    expect(output).not.toMatch(/at .*\.js:\d+/);
  });

  it('with several things wrong tells all of them at once, and never a value', () => {
    const policy = join(interlock.folder, 'broken.yaml');
    writeFileSync(policy, 'version: 1\nrules:\n  - id: x\n    effect: allow\n    colour: blue-secret\n');
    const key = join(interlock.folder, 'broken.pem');
    writeFileSync(key, 'secret, but no key');
    const output = refusal(
      interlock.environment({
        AZURE_TENANT_ID: 'contoso-secret',
        INTERLOCK_POLICY: policy,
        INTERLOCK_LOG_KEY_FILE: key,
      }),
    );

    expect(output).toMatch(/AZURE_TENANT_ID.*must be a GUID/);
    expect(output).toMatch(/broken\.yaml:\d+:\d+/);
    expect(output).toContain('INTERLOCK_LOG_KEY_FILE');
    expect(output).not.toContain('secret');
  });

  it('on SQLite makes a private log key and keeps it; with another key or beside another broker it is refused', async () => {
    const file = join(interlock.folder, 'made', 'log-key.pem');
    const environment = {
      DATABASE_URL: `sqlite:${join(interlock.folder, 'made', 'log.db')}`,
      INTERLOCK_LOG_KEY_FILE: file,
    };
    const broker = await interlock.broker(environment);
    const made = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const second = await failedStart(interlock.environment(environment));
    expect(second.exitCode).toBe(2);
    expect(second.output).toMatch(/SQLite serves one broker/);

    await broker.stop();
    const key = join(interlock.folder, 'another.pem');
    writeFileSync(key, LogKey.generatePem());
    const { exitCode } = await failedStart(interlock.environment({ ...environment, INTERLOCK_LOG_KEY_FILE: key }));
    expect(exitCode).toBe(2);

    // It is known to be ready by its line, which comes at every level.
    const again = await interlock.broker({ ...environment, INTERLOCK_LOG_LEVEL: 'silent' });
    expect(again.output().trimEnd().split('\n')).toEqual([expect.stringContaining('"interlock is ready"')]);
    expect(readFileSync(file, 'utf8')).toBe(made);
    expect((await call(`${again.url}/health/ready`)).data).toMatchObject({ status: 'ready' });
  });

  it('on PostgreSQL never makes a key', async () => {
    const { output } = await failedStart(
      interlock.environment({
        DATABASE_URL: 'postgres://localhost/nowhere',
        INTERLOCK_LOG_KEY_FILE: join(interlock.folder, 'no-key.pem'),
        INTERLOCK_DISCLOSURE_KEY_FILE: join(interlock.folder, 'no-disclosure-key'),
      }),
    );

    expect(output).toMatch(/INTERLOCK_LOG_KEY_FILE.*there is no key file/);
    expect(output).toMatch(/INTERLOCK_DISCLOSURE_KEY_FILE.*there is no key file/);
  });
});
