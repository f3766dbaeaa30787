import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { breath } from '../support/breath.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { verifiedEvents } from '../support/recorded-events.ts';

let interlock: Interlock;
let token: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  token = await interlock.hrPortal();
});
afterAll(() => interlock.stop());

const pause = (broker: BrokerProcess) =>
  call(broker.url + pausePath, { method: 'POST', token, body: goodJustification });

async function expectNothingSent(broker: BrokerProcess): Promise<void> {
  interlock.cloud.clearJournal();
  const reply = await pause(broker);

  expect([reply.status, reply.code]).toEqual([503, 'audit_unavailable']);
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  expect(interlock.cloud.journal({ service: 'graph' })).toEqual([]);
  const ready = await call(`${broker.url}/health/ready`);
  expect(ready).toMatchObject({ status: 503, data: { checks: { store: { status: 'failed' } } } });
  expect((await call(`${broker.url}/health/live`)).status).toBe(200);
}

/** The broker hears of the end of its connections in its own time; until then callers are told to come again. */
async function expectRecovery(broker: BrokerProcess): Promise<void> {
  for (;;) {
    const { status, code } = await pause(broker);
    if (status === 204) return;
    expect([status, code]).toEqual([503, 'audit_unavailable']);
    await breath();
  }
}

describe('when the database cannot be written', () => {
  it('SQLite on a full disk: 503, Graph hears nothing, and it goes on when there is room again', async () => {
    const broker = await interlock.broker();
    const limit = (size: string) => execFileSync('prlimit', ['--pid', String(broker.pid), `--fsize=${size}:`]);
    expect((await pause(broker)).status).toBe(204);

    limit(String(statSync(join(interlock.folder, 'interlock.db-wal')).size));
    await expectNothingSent(broker);

    limit('unlimited');
    expect((await pause(broker)).status).toBe(204);
    expect(await broker.stop()).toBe(0);
    const events = await verifiedEvents(interlock.environment());
    expect(events.filter(({ type }) => type === 'pause.intent')).toHaveLength(2);
  });

  describe('PostgreSQL', () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());

    it('read-only: 503, Graph hears nothing, and it goes on when it can be written again', async () => {
      const broker = await interlock.broker({ DATABASE_URL: postgres.url });
      expect((await pause(broker)).status).toBe(204);

      await setReadOnly(postgres.url, true);
      await expectNothingSent(broker);

      await setReadOnly(postgres.url, false);
      await expectRecovery(broker);
      expect(await broker.stop()).toBe(0);
      await verifiedEvents(interlock.environment({ DATABASE_URL: postgres.url }));
    });
  });
});

/** As after a failover to a standby: every new connection is read-only, and the old ones are gone. */
async function setReadOnly(url: string, readOnly: boolean): Promise<void> {
  const client = new Client({ connectionString: url, options: '-c default_transaction_read_only=off' });
  await client.connect();
  const database = new URL(url).pathname.slice(1);
  await client.query(`alter database "${database}" set default_transaction_read_only = ${readOnly ? 'on' : 'off'}`);
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}
