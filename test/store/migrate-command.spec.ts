import { randomBytes } from 'node:crypto';
import { openStore } from '#store';
import { checkLog, FakeClock } from '#testing';
import { interlockCommand } from '../support/command-line.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

const environment = {
  AZURE_TENANT_ID: '11111111-aaaa-4aaa-8aaa-111111111111',
  AZURE_CLIENT_ID: '33333333-cccc-4ccc-8ccc-333333333333',
  INTERLOCK_AUDIENCES: '33333333-cccc-4ccc-8ccc-333333333333',
  INTERLOCK_CREDENTIAL: 'managed-identity',
  INTERLOCK_LOG_ORIGIN: 'broker.example/audit/contoso',
  INTERLOCK_LOG_KEY_FILE: 'not-needed.pem',
  INTERLOCK_DISCLOSURE_KEY_FILE: 'not-needed.pem',
};

describe('interlock store migrate', () => {
  let database: TestPostgres;

  beforeAll(async () => {
    database = await startPostgres();
  });
  afterAll(() => database.stop());

  it('makes the schema as its owner and prints what lets another role open it', async () => {
    const role = `broker_${randomBytes(6).toString('hex')}`;
    await database.sql(`create role ${role} login password 'runtime'`);
    const { code, out, error } = await interlockCommand(['store', 'migrate', '--service-role', role], {
      ...environment,
      DATABASE_URL: database.url,
    });
    expect({ code, error }).toEqual({ code: 0, error: '' });
    await database.sql(out);

    const url = new URL(database.url);
    url.username = role;
    url.password = 'runtime';
    const store = await openStore(url.href, new FakeClock());
    expect(await checkLog(store.log('broker.example/audit/contoso'))).toEqual([]);
    await store.close();
    await database.sql(`drop owned by ${role}; drop role ${role}`);
  });

  it('says why it could not', async () => {
    const { code, out, error } = await interlockCommand(['store', 'migrate', '--service-role', 'broker'], {
      ...environment,
      DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/interlock',
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('database');
    expect(error).not.toContain('secret');
  });
});
