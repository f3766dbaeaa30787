import type { Dialect, Words } from './dialect.ts';

/** Migration: how far the alarms of a log have been delivered to each destination, and which could not be. */
export function alarms(_dialect: Dialect, { integer, text, tableEnd }: Words): readonly string[] {
  return [
    `create table alarm_destination (
      log_id integer not null references audit_head (log_id),
      name ${text} not null,
      position ${integer} not null check (position >= 0),
      attempts integer not null default 0 check (attempts >= 0),
      retry_at ${integer} not null default 0,
      failure ${text},
      fence ${integer} not null default 0,
      primary key (log_id, name)
    ) ${tableEnd}`,

    `create table alarm_parked (
      log_id integer not null,
      destination ${text} not null,
      idx ${integer} not null check (idx >= 0),
      name ${text} not null,
      reason ${text} not null,
      parked_at ${integer} not null,
      again integer not null default 0 check (again in (0, 1)),
      primary key (log_id, destination, idx),
      foreign key (log_id, destination) references alarm_destination (log_id, name)
    ) ${tableEnd}`,
  ];
}
