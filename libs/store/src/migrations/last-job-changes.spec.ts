import { DatabaseSync } from 'node:sqlite';
import { auditLog } from './audit-log.ts';
import { wordsOf } from './dialect.ts';
import { jobChanges } from './job-changes.ts';
import { lastJobChanges } from './last-job-changes.ts';

describe('the migration to one row for the last change of a job', () => {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true });

  afterAll(() => {
    database.close();
  });

  it('finds the last change of each job that an earlier version recorded, and nothing else', () => {
    for (const statement of [...auditLog('sqlite', wordsOf.sqlite), ...jobChanges()]) database.exec(statement);
    database.exec("insert into audit_head (origin) values ('a.example/audit'), ('b.example/audit')");
    const record = database.prepare(`insert into audit_leaf
      (log_id, idx, event_id, body, type, time, service_principal_id, job_id, outcome)
      values (?, ?, ?, x'7b7d', ?, '2026-01-01T00:00:00.000Z', 'sp', ?, ?)`);
    const entries = [
      [1, 'pause.outcome', 'one', 'success'],
      [1, 'start.reconciled', 'one', 'applied'],
      [1, 'pause.outcome', 'one', 'failure'],
      [1, 'read.outcome', 'one', 'success'],
      [1, 'pause.reconciled', 'two', 'not_applied'],
      [1, 'pause.outcome', null, 'success'],
      [2, 'pause.outcome', 'one', 'success'],
    ] as const;
    for (const [idx, [log, type, job, outcome]] of entries.entries()) {
      record.run(log, idx, `event-${idx}`, type, job, outcome);
    }

    for (const statement of lastJobChanges('sqlite', wordsOf.sqlite)) database.exec(statement);

    expect(database.prepare('select log_id, job_id, idx from job_change order by log_id').all()).toEqual([
      { log_id: 1, job_id: 'one', idx: 1 },
      { log_id: 2, job_id: 'one', idx: 6 },
    ]);
    expect(database.prepare("select 1 from sqlite_master where name = 'audit_leaf_job_change'").all()).toEqual([]);
  });
});
