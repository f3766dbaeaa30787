import type { ClaimHolder, LogStore } from '#audit';
import { openStore, type Store } from '#store';
import { claimStoreContract, FakeClock, NaiveLog } from '#testing';
import { startPostgres } from '../support/postgres.ts';
import { startSqlite, type TestDatabase } from './databases.ts';

const hour = 3_600_000;
const origin = 'broker.example/audit/claims';

/** Appends one entry under the claim. */
function recorder(log: LogStore) {
  const naive = new NaiveLog(log, origin);
  return async (claim: ClaimHolder) => {
    const entry = naive.entry();
    await log.append((head) => naive.integrate(head, [entry]), { claim });
    return entry.eventId;
  };
}

describe('claims in SQLite', () => {
  const clock = new FakeClock();
  let database: TestDatabase;
  let store: Store;
  let record: ReturnType<typeof recorder>;
  beforeAll(async () => {
    database = await startSqlite();
    store = await openStore(database.url, clock);
    record = recorder(store.log(origin));
  });
  afterAll(async () => {
    await store.close();
    await database.stop();
  });

  claimStoreContract('SQLite', () => ({
    claims: store.claims,
    other: store.claims,
    record,
    pass: () => clock.advance(hour),
  }));
});

describe('claims in PostgreSQL', () => {
  let database: TestDatabase;
  let stores: readonly Store[];
  let record: ReturnType<typeof recorder>;
  beforeAll(async () => {
    database = await startPostgres();
    // Clocks of replicas that are a day apart: what counts is the server's.
    const clocks = [new FakeClock(), new FakeClock('2026-01-06T09:00:00Z')];
    stores = await Promise.all(clocks.map((clock) => openStore(database.url, clock)));
    record = recorder(stores[0]!.log(origin));
  });
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.stop();
  });

  claimStoreContract('PostgreSQL', () => ({
    claims: stores[0]!.claims,
    other: stores[1]!.claims,
    record,
    pass: () =>
      database.sql(`update idempotency_claim set lease_until = lease_until - ${hour}, ends_at = ends_at - ${hour}`),
  }));
});
