import { readRetentionPolicy } from '#audit';
import { openStore, postgresGrants } from '#store';
import { FakeClock } from '#testing';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { MaintainedLog, MemoryArchive, sanction } from './maintained-log.ts';

const policy = readRetentionPolicy(
  Buffer.from('version: 1\nkeepDays: 1\napprover: records office\nlegalBasis: schedule 4\n'),
);

describe('on PostgreSQL', () => {
  let database: TestPostgres;

  beforeAll(async () => {
    database = await startPostgres();
    await (await openStore(database.url, new FakeClock())).close();
  });

  afterAll(async () => {
    await database.stop();
  });

  /** The log as a role of that duty has it; `end` takes the role away. */
  async function as(duty: 'service' | 'maintenance', origin: string) {
    const role = `${duty}_${Math.random().toString(36).slice(2)}`;
    await database.sql(`create role ${role} login password 'runtime'; ${postgresGrants(role, duty)}`);
    const url = new URL(database.url);
    url.username = role;
    url.password = 'runtime';
    const store = await openStore(url.href, new FakeClock());
    const end = async () => {
      await store.close();
      await database.sql(`drop owned by ${role}; drop role ${role}`);
    };
    return { one: await MaintainedLog.open(store, origin), end };
  }

  it('a role with the rights for maintenance erases, prunes and wraps keys anew', async () => {
    const { one, end } = await as('maintenance', 'broker.example/audit/maintenance');
    await one.grow(300);
    const [field] = await one.sealedAt(3);
    await one.eraser().erase(field?.subject ?? '', sanction);
    await one.test.clock.advance(2 * 86_400_000);
    await one.pruner().prune(256, policy, new MemoryArchive());
    expect(await one.logStore.minIndex()).toBe(256);
    const { disclosureKey: key } = one.test;
    await one.maintenance.rewrap(key, (ref, wrapped) => key.rewrap(ref, wrapped, key));
    await end();
  });

  it('the role of the service can do none of it', async () => {
    const { one, end } = await as('service', 'broker.example/audit/service');
    await one.grow(300);
    const [field] = await one.sealedAt(3);
    const denied = { code: 'store_access_denied' };
    await expect(one.maintenance.destroyKey(field?.subject ?? '')).rejects.toMatchObject(denied);
    await expect(one.maintenance.removeFields(field?.subject ?? '')).rejects.toMatchObject(denied);
    await expect(one.maintenance.prune(256)).rejects.toMatchObject(denied);
    const { disclosureKey: key } = one.test;
    await expect(one.maintenance.rewrap(key, (_, wrapped) => wrapped)).rejects.toMatchObject(denied);
    expect(await one.sealedAt(3)).toHaveLength(3);
    await end();
  });
});
