import { DatabaseSync } from 'node:sqlite';
import { auditLog } from './audit-log.ts';
import { wordsOf } from './dialect.ts';
import { holdBlocks } from './hold-blocks.ts';
import { holdChecks } from './hold-checks.ts';
import { holds } from './holds.ts';
import { openHolds } from './open-holds.ts';

describe('the migration that makes the table of holds anew', () => {
  const words = wordsOf.sqlite;
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true });
  const rows = (sql: string) => database.prepare(sql).all();
  const insert = (idx: number, origin: string) => {
    database.exec(`insert into hold (log_id, idx, id, service_principal_id, job_id, owner, since, until, origin, contested,
      state, generation) values (1, ${idx}, 'event-${idx}', 'sp', 'job', 'owner', 1, 2, '${origin}', 0, 'held', ${idx})`);
  };

  afterAll(() => {
    database.close();
  });

  it('keeps holds, timers, indexes and what is refused', () => {
    const before = [auditLog('sqlite', words), holds('sqlite', words), openHolds(), holdBlocks()];
    for (const statement of before.flat()) database.exec(statement);
    database.exec(`insert into audit_head (origin) values ('broker.example/audit')`);
    for (const [idx, origin] of ['running', 'stopped', 'unknown'].entries()) insert(idx, origin);
    database.exec(
      `insert into hold_timer (log_id, idx, kind, due_at, fence) values (1, 0, 'end', 2, 7), (1, 2, 'confirm', 0, 1)`,
    );
    const all = () => [
      rows('select * from hold order by idx'),
      rows('select * from hold_timer order by idx'),
      rows('select name, tbl_name from sqlite_master order by name'),
    ];
    const kept = all();

    database.exec('begin');
    for (const statement of holdChecks('sqlite', words)) database.exec(statement);
    database.exec('commit');

    expect(all()).toEqual(kept);
    expect(() => {
      insert(3, 'nowhere');
    }).toThrow(/CHECK/);
    expect(() => {
      database.exec('delete from hold where idx = 0');
    }).toThrow(/FOREIGN KEY/);
  });
});
