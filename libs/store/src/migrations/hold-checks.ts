import type { Dialect, Words } from './dialect.ts';
import { holdBlocks } from './hold-blocks.ts';
import { openHolds } from './open-holds.ts';

/**
 * Migration 17: the origins that a hold may have as single comparisons, on SQLite, which fills a temporary table for a
 * list of more than two values each time that it writes a hold. There a condition changes only with its table: the holds
 * move to a new one, and their timers, which refer to them, step aside meanwhile.
 */
export function holdChecks(dialect: Dialect, { integer, text, tableEnd }: Words): readonly string[] {
  if (dialect === 'postgres') return [];
  return [
    'create table hold_timer_aside as select * from hold_timer',
    'delete from hold_timer',
    `create table hold_checked (
      log_id integer not null references audit_head (log_id),
      idx ${integer} not null check (idx >= 0),
      id ${text} not null,
      service_principal_id ${text} not null,
      job_id ${text} not null,
      owner ${text} not null,
      since ${integer} not null,
      until ${integer},
      ticket ${text},
      origin ${text} not null check (origin = 'running' or origin = 'stopped' or origin = 'unknown'),
      contested integer not null check (contested in (0, 1)),
      state ${text} not null,
      reason ${text},
      other ${text},
      generation ${integer} not null,
      primary key (log_id, idx),
      unique (log_id, id)
    ) ${tableEnd}`,
    'insert into hold_checked select * from hold order by log_id, idx',
    'drop table hold',
    'alter table hold_checked rename to hold',
    ...[...openHolds(), ...holdBlocks()].filter((statement) => !statement.startsWith('drop')),
    'insert into hold_timer select * from hold_timer_aside',
    'drop table hold_timer_aside',
  ];
}
