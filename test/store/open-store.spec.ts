import { open, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openStore, postgresGrants, type Store, StoreError } from '#store';
import { checkLog, FakeClock, NaiveLog, someField, someSubject } from '#testing';
import { databases, startSqlite, type TestDatabase } from './databases.ts';
import { startPostgres } from '../support/postgres.ts';

const origin = 'broker.example/audit/open';
const clock = new FakeClock();

async function failure(opening: Promise<Store>): Promise<StoreError> {
  const error: unknown = await opening.then(
    (store) => store.close(),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) throw new Error('Expected a StoreError', { cause: error });
  return error;
}

describe.each(databases)('openStore on %s', (_name, start) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await start();
  });

  afterAll(() => database.stop());

  it('makes the schema once and finds the log again', async () => {
    const first = await openStore(database.url, clock);
    const log = new NaiveLog(first.log(origin), origin);
    await log.grow(3);
    const { ref } = await someSubject(first.log(origin));
    await first.ping();
    await first.close();
    const again = await openStore(database.url, clock);
    expect(await checkLog(again.log(origin))).toHaveLength(3);
    expect((await someSubject(again.log(origin))).ref).toBe(ref);
    expect(await database.sql('select name from kysely_migration')).toEqual([
      { name: '0001_audit_log' },
      { name: '0002_leases' },
      { name: '0003_job_changes' },
      { name: '0004_audit_search' },
      { name: '0005_policy_documents' },
      { name: '0006_privacy' },
      { name: '0007_anchors' },
      { name: '0008_log_periods' },
      { name: '0008_log_references' },
      { name: '0009_holds' },
      { name: '0010_claims' },
      { name: '0011_alarms' },
      { name: '0012_search_blocks' },
      { name: '0013_bulk' },
      { name: '0014_sessions' },
      { name: '0015_open_holds' },
      { name: '0016_hold_blocks' },
      { name: '0017_hold_checks' },
      { name: '0018_last_job_changes' },
    ]);
    await again.close();
  });

  it('answers with store_unavailable when it is closed', async () => {
    const store = await openStore(database.url, clock);
    const log = new NaiveLog(store.log(origin), origin);
    await store.close();
    const unavailable = expect.objectContaining({ code: 'store_unavailable' }) as Error;
    await expect(log.grow(1)).rejects.toEqual(unavailable);
    await expect(store.log(origin).head()).rejects.toEqual(unavailable);
    await expect(someSubject(store.log(origin))).rejects.toEqual(unavailable);
    await expect(store.ping()).rejects.toEqual(unavailable);
  });

  it('refuses a database that a newer version migrated', async () => {
    await (await openStore(database.url, clock)).close();
    await database.sql(`insert into kysely_migration values ('9999_from_the_future', '2030-01-01T00:00:00.000Z')`);
    expect((await failure(openStore(database.url, clock))).code).toBe('schema_newer');
    await database.sql(`delete from kysely_migration where name like '9999%'`);
  });
});

describe('openStore', () => {
  it.each([
    '',
    'interlock.db',
    'mysql://root@localhost/db',
    'sqlite:',
    'sqlite:./data/',
    'sqlite://elsewhere/interlock.db',
    'sqlite:a.db?mode=memory',
    'postgres://secret-user:secret-word@',
    'postgres://secret-user:secret-word@host:port/db',
    'postgres://secret-user:secret-word@host',
  ])('refuses the URL "%s" without repeating it', async (url) => {
    const error = await failure(openStore(url, clock));
    expect(error.code).toBe('database_url_invalid');
    expect(`${error.message} ${String(error.cause)}`).not.toContain('secret');
  });

  it('names the server that it cannot reach, and no credentials', async () => {
    // Port 1 of the loopback interface: nothing listens there.
    const error = await failure(openStore('postgres://secret-user:secret-word@127.0.0.1:1/db', clock));
    expect(error.code).toBe('store_unavailable');
    expect(error.message).toContain('127.0.0.1:1');
    expect(`${error.message} ${String(error.cause)}`).not.toContain('secret');
  });

  it('keeps a log in memory for who asks for it', async () => {
    const store = await openStore('sqlite::memory:', clock);
    await new NaiveLog(store.log(origin), origin).grow(2);
    expect(await checkLog(store.log(origin))).toHaveLength(2);
    await store.close();
  });
});

describe('openStore on a SQLite file', () => {
  let database: Awaited<ReturnType<typeof startSqlite>>;

  beforeEach(async () => {
    database = await startSqlite();
  });

  afterEach(() => database.stop());

  it('makes the folder and files for their owner alone', async () => {
    const nested = database.path.replace('interlock.db', 'new/folder/interlock.db');
    const store = await openStore(`sqlite:${nested}`, clock);
    await new NaiveLog(store.log(origin), origin).grow(1);
    const rights = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    expect(await rights(dirname(nested))).toBe('700');
    expect((await readdir(dirname(nested))).sort()).toEqual(
      ['', '-shm', '-wal', '.lock'].map((suffix) => `interlock.db${suffix}`),
    );
    for (const suffix of ['', '-wal', '-shm']) expect(await rights(`${nested}${suffix}`)).toBe('600');
    await store.close();
  });

  it('refuses a second broker until the first has closed, yet lets others read', async () => {
    const first = await openStore(database.url, clock);
    await new NaiveLog(first.log(origin), origin).grow(1);
    expect((await failure(openStore(database.url, clock))).code).toBe('store_in_use');
    expect(await database.sql('select size from audit_head')).toEqual([{ size: 1 }]);
    await first.close();
    await (await openStore(database.url, clock)).close();
  });

  it('refuses a file that is no database', async () => {
    await writeFile(database.path, 'This is a letter, not a database, and long enough to tell. '.repeat(20));
    expect((await failure(openStore(database.url, clock))).code).toBe('store_corrupt');
  });

  it('refuses a database that cannot be written', async () => {
    await (await openStore(database.url, clock)).close();
    // Byte 18 is the lowest version that may write the file: works for root too, whom file rights do not bind.
    const file = await open(database.path, 'r+');
    await file.write(Uint8Array.of(3), 0, 1, 18);
    await file.close();
    expect((await failure(openStore(database.url, clock))).code).toBe('store_read_only');
  });
});

describe('openStore on a PostgreSQL server', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startPostgres();
  });

  afterAll(() => database.stop());

  it('lets replicas start together on an empty database', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(database.url, clock)));
    const made = await Promise.all(stores.map((store) => someSubject(store.log(origin), 'newcomer')));
    expect(new Set(made.map(({ ref }) => ref)).size).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('refuses a wrong password and a database that does not exist', async () => {
    const url = new URL(database.url);
    url.password = 'secret-word';
    const refused = await failure(openStore(url.href, clock));
    expect(refused.code).toBe('store_access_denied');
    expect(refused.message).not.toContain('secret');
    const missing = new URL(database.url);
    missing.pathname = '/nowhere';
    expect((await failure(openStore(missing.href, clock))).code).toBe('store_unavailable');
  });

  it('refuses a read-only database', async () => {
    const [row] = await database.sql('select current_database() as name');
    const name = String(row?.['name']);
    await database.sql(`alter database ${name} set default_transaction_read_only = on`);
    expect((await failure(openStore(database.url, clock))).code).toBe('store_read_only');
    await database.sql(`set transaction_read_only = off; alter database ${name} reset default_transaction_read_only`);
  });

  it('runs as a role with the rights of postgresGrants and none more', async () => {
    await (await openStore(database.url, clock)).close();
    const role = `run"time_${Math.random().toString(36).slice(2)}`;
    const quoted = `"${role.replaceAll('"', '""')}"`;
    await database.sql(`create role ${quoted} login password 'runtime'; ${postgresGrants(role)}`);
    const url = new URL(database.url);
    url.username = role;
    url.password = 'runtime';
    const store = await openStore(url.href, clock);
    const log = new NaiveLog(store.log('broker.example/audit/role'), 'broker.example/audit/role');
    await log.grow(300);
    const { ref } = await someSubject(store.log('broker.example/audit/role'), 'by-role');
    await log.append(log.entry({ disclosures: [someField(ref)] }));
    await store.policies.keep(Buffer.from('version: 1'));
    expect(await checkLog(store.log('broker.example/audit/role'))).toHaveLength(301);
    await store
      .log('broker.example/audit/role')
      .append((head) => ({ ...log.integrate(head, [log.entry()]), keep: true }));
    const anchors = store.anchors('broker.example/audit/role');
    await anchors.keep({
      size: 300,
      checkpoint: 'note',
      cosignatures: [{ name: 'w', keyId: '0', time: 1, line: 'w' }],
    });
    for (const size of [0, 1]) {
      await anchors.save({ name: 'w', kind: 'witness', size, ...(size > 0 && { anchoredAt: clock.now() }) });
    }
    expect(await anchors.states()).toHaveLength(1);
    await store.close();
    const rights = await database.sql(`select table_name || ' ' || privilege_type as given
      from information_schema.role_table_grants where grantee = '${role}' order by 1`);
    expect(rights.map(({ given }) => given)).toEqual([
      // How far alarms have been delivered is no evidence.
      'alarm_destination INSERT',
      'alarm_destination SELECT',
      'alarm_destination UPDATE',
      'alarm_parked DELETE',
      'alarm_parked INSERT',
      'alarm_parked SELECT',
      'alarm_parked UPDATE',
      // How anchors stand is no evidence either: that is what they hold.
      'audit_anchor INSERT',
      'audit_anchor SELECT',
      'audit_anchor UPDATE',
      'audit_checkpoint INSERT',
      'audit_checkpoint SELECT',
      'audit_cosignature INSERT',
      'audit_cosignature SELECT',
      'audit_head SELECT',
      'audit_kept_entry INSERT',
      'audit_kept_entry SELECT',
      'audit_leaf INSERT',
      'audit_leaf SELECT',
      'audit_private INSERT',
      'audit_private SELECT',
      'audit_tile INSERT',
      'audit_tile SELECT',
      'bulk_item INSERT',
      'bulk_item SELECT',
      'bulk_item UPDATE',
      'bulk_operation DELETE',
      'bulk_operation INSERT',
      'bulk_operation SELECT',
      'bulk_operation UPDATE',
      // Sessions are no evidence either; their starts and ends are in the log.
      'console_session DELETE',
      'console_session INSERT',
      'console_session SELECT',
      'console_session UPDATE',
      'data_key INSERT',
      'data_key SELECT',
      'disclosure_key INSERT',
      'disclosure_key SELECT',
      'hold INSERT',
      'hold SELECT',
      'hold UPDATE',
      'hold_timer DELETE',
      'hold_timer INSERT',
      'hold_timer SELECT',
      'hold_timer UPDATE',
      'idempotency_claim DELETE',
      'idempotency_claim INSERT',
      'idempotency_claim SELECT',
      'idempotency_claim UPDATE',
      'job_change INSERT',
      'job_change SELECT',
      'job_change UPDATE',
      'kysely_migration SELECT',
      'kysely_migration_lock SELECT',
      // Who does which work is no evidence, and changes hands.
      'lease DELETE',
      'lease INSERT',
      'lease SELECT',
      'lease UPDATE',
      'one_time_use DELETE',
      'one_time_use INSERT',
      'one_time_use SELECT',
      'policy_document INSERT',
      'policy_document SELECT',
      'rate_limit DELETE',
      'rate_limit INSERT',
      'rate_limit SELECT',
      'rate_limit UPDATE',
      'subject INSERT',
      'subject SELECT',
    ]);
    await database.sql(`drop owned by ${quoted}; drop role ${quoted}`);
  });
});
