import type { Dialect, Words } from './dialect.ts';

/**
 * Migration 13: bulk operations and how far their items are. Nothing personal: who asked and why stays with the
 * disclosures of the operation's entry, where an erasure reaches it.
 */
export function bulk(_dialect: Dialect, { integer, text, tableEnd }: Words): readonly string[] {
  return [
    `create table bulk_operation (
      log_id integer not null references audit_head (log_id),
      id ${text} not null,
      action ${text} not null check (action in ('pause', 'start')),
      owner ${text} not null,
      idx ${integer} check (idx >= 0),
      ended_at ${integer},
      primary key (log_id, id)
    ) ${tableEnd}`,
    'create index bulk_unended on bulk_operation (log_id, id) where ended_at is null',
    'create index bulk_ended on bulk_operation (log_id, ended_at) where ended_at is not null',

    `create table bulk_item (
      log_id integer not null,
      id ${text} not null,
      position integer not null check (position >= 0),
      service_principal_id ${text} not null,
      job_id ${text} not null,
      alias ${text},
      state ${text} not null check (state in ('waiting', 'in_progress', 'done', 'denied', 'failed', 'unknown')),
      event_id ${text},
      code ${text},
      detail ${text},
      primary key (log_id, id, position),
      foreign key (log_id, id) references bulk_operation (log_id, id) on delete cascade
    ) ${tableEnd}`,
  ];
}
