import type { Dialect, Words } from './dialect.ts';

/** Migration: checkpoints and entries that are kept for good, the cosignatures on them, and how the log's anchors stand. */
export function anchors(
  dialect: Dialect,
  { integer, bytes, text, tableEnd, narrowTableEnd }: Words,
): readonly string[] {
  const tables = [
    `create table audit_checkpoint (
      log_id integer not null references audit_head (log_id),
      size ${integer} not null check (size > 0),
      note ${text} not null,
      primary key (log_id, size)
    ) ${tableEnd}`,

    `create table audit_kept_entry (
      log_id integer not null references audit_head (log_id),
      idx ${integer} not null check (idx >= 0),
      body ${bytes} not null,
      primary key (log_id, idx)
    ) ${tableEnd}`,

    `insert into audit_kept_entry (log_id, idx, body)
      select log_id, idx, body from audit_leaf where type = 'log.created'`,

    `create table audit_cosignature (
      log_id integer not null,
      size ${integer} not null,
      name ${text} not null,
      key_id ${text} not null,
      line ${text} not null,
      primary key (log_id, size, name, key_id),
      foreign key (log_id, size) references audit_checkpoint (log_id, size)
    ) ${narrowTableEnd}`,

    `create table audit_anchor (
      log_id integer not null references audit_head (log_id),
      name ${text} not null,
      kind ${text} not null check (kind in ('directory', 'https', 'witness')),
      size ${integer} not null check (size >= 0),
      anchored_at ${integer},
      failure ${text},
      primary key (log_id, name),
      check ((size = 0) = (anchored_at is null))
    ) ${tableEnd}`,
  ];
  return [...tables, ...frozen.flatMap(dialect === 'sqlite' ? sqliteTriggers : postgresTriggers)];
}

const frozen = ['audit_checkpoint', 'audit_kept_entry', 'audit_cosignature'] as const;
const changes = ['update', 'delete'] as const;

function sqliteTriggers(table: string): readonly string[] {
  return changes.map(
    (change) => `create trigger ${table}_no_${change} before ${change} on ${table}
      begin select raise(abort, '${table} is append-only'); end`,
  );
}

function postgresTriggers(table: string): readonly string[] {
  return [
    ...changes.map(
      (change) => `create trigger ${table}_no_${change} before ${change} on ${table}
      for each row execute function audit_refuse_change()`,
    ),
    `create trigger ${table}_no_truncate before truncate on ${table}
      for each statement execute function audit_refuse_change()`,
  ];
}
