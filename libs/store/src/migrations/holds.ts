import type { Dialect, Words } from './dialect.ts';

/**
 * Migration 9: holds and their timers. Both are derived from the log by the appends of its entries; neither has anything
 * personal in it: reason and names stay with the disclosures of the entry at `idx`, where an erasure reaches them.
 */
export function holds(_dialect: Dialect, { integer, text, tableEnd }: Words): readonly string[] {
  return [
    `create table hold (
      log_id integer not null references audit_head (log_id),
      idx ${integer} not null check (idx >= 0),
      id ${text} not null,
      service_principal_id ${text} not null,
      job_id ${text} not null,
      owner ${text} not null,
      since ${integer} not null,
      until ${integer},
      ticket ${text},
      origin ${text} not null check (origin in ('running', 'stopped', 'unknown')),
      contested integer not null check (contested in (0, 1)),
      state ${text} not null,
      reason ${text},
      other ${text},
      generation ${integer} not null,
      primary key (log_id, idx),
      unique (log_id, id)
    ) ${tableEnd}`,
    `create index hold_open on hold (log_id, service_principal_id, job_id) where ${openCondition}`,
    'create index hold_owner on hold (log_id, owner, idx)',
    'create index hold_job on hold (log_id, job_id, idx)',

    `create table hold_timer (
      log_id integer not null,
      idx ${integer} not null,
      kind ${text} not null check (kind in ('end', 'confirm')),
      due_at ${integer} not null,
      lease_owner ${text},
      lease_until ${integer} not null default 0,
      fence ${integer} not null default 0,
      attempts integer not null default 0,
      last_error ${text},
      primary key (log_id, idx, kind),
      foreign key (log_id, idx) references hold (log_id, idx)
    ) ${tableEnd}`,
    'create index hold_timer_due on hold_timer (log_id, due_at)',
  ];
}

/** Which holds count. */
const openCondition = "state in ('pausing', 'pause_unknown', 'held', 'resuming', 'resume_unknown')";
