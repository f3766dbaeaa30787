import { openStore } from '#store';
import { FakeClock } from '#testing';
import { startSqlite, type TestDatabase } from './databases.ts';

describe("a reviewer's filter", () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startSqlite();
    await (await openStore(database.url, new FakeClock())).close();
  });

  afterAll(() => database.stop());

  it.each([
    ['actor', "actor = 'a'"],
    ['application', "application = 'a'"],
    ['action', "action = 'pause'"],
    ['job', "service_principal_id = 'a' and job_id = 'b'"],
    ['request_id', "request_id = 'a'"],
    ['client_request_id', "client_request_id = 'a'"],
    ['ticket', "ticket = 'a'"],
    ['rule', "rule = 'a'"],
    ['parent', "parent = 'a'"],
    ['decision', "decision = 'deny'"],
    ['outcome', "outcome = 'unknown'"],
  ])('by %s reads a page in log order from its index alone, without sorting', async (name, filter) => {
    const plan = await database.sql(`explain query plan select idx from audit_leaf
      where log_id = 1 and ${filter} and idx > 1000 order by idx limit 50`);
    expect(plan.map(({ detail }) => String(detail)).join('; ')).toMatch(
      new RegExp(`^SEARCH audit_leaf USING COVERING INDEX audit_leaf_${name} \\(.*idx>\\?\\)$`),
    );
  });

  it('for the last change of a job reads one entry from its index, however often the job was read', async () => {
    const plan = await database.sql(`explain query plan select body from audit_leaf
      where log_id = 1 and service_principal_id = 'a' and job_id = 'b' 
        and outcome = 'success' and type in ('pause.outcome', 'start.outcome') order by idx desc limit 1`);
    expect(plan.map(({ detail }) => String(detail)).join('; ')).toMatch(
      /^SEARCH audit_leaf USING INDEX audit_leaf_job_change \([^;]*\)$/,
    );
  });

  it('by time finds where a period begins from the index', async () => {
    const plan = await database.sql(`explain query plan select idx from audit_leaf
      where log_id = 1 and time >= '2026-01-01T00:00:00.000Z' and time < '2026-02-01T00:00:00.000Z' order by time, idx limit 50`);
    expect(plan.map(({ detail }) => String(detail)).join('; ')).toMatch(
      /^SEARCH .* audit_leaf_time \(.*time>\? AND time<\?\)$/,
    );
  });
});
