import type { Dialect, Words } from './dialect.ts';

/** Migration 1: the audit log, its disclosures and the pseudonyms. */
export function auditLog(dialect: Dialect, words: Words): readonly string[] {
  return [...tables(words), ...indexes, ...(dialect === 'sqlite' ? sqliteTriggers : postgresTriggers)];
}

function tables({
  integer,
  bytes,
  text,
  generatedKey,
  noBytes,
  length,
  tableEnd,
  narrowTableEnd,
}: Words): readonly string[] {
  return [
    `create table audit_head (
      log_id ${generatedKey},
      origin ${text} not null unique,
      size ${integer} not null default 0 check (size >= 0),
      edge ${bytes} not null default ${noBytes},
      root ${bytes} check (${length('root')} = 32),
      checkpoint ${text},
      check ((size = 0) = (root is null) and (root is null) = (checkpoint is null))
    ) ${tableEnd}`,

    `create table audit_leaf (
      log_id integer not null references audit_head (log_id),
      idx ${integer} not null check (idx >= 0),
      event_id ${text} not null unique,
      body ${bytes} not null check (${length('body')} between 1 and 65535),
      type ${text} not null,
      time ${text} not null,
      parent ${text},
      actor ${text},
      application ${text},
      action ${text},
      service_principal_id ${text},
      job_id ${text},
      decision ${text},
      outcome ${text},
      rule ${text},
      ticket ${text},
      request_id ${text},
      client_request_id ${text},
      primary key (log_id, idx)
    ) ${tableEnd}`,

    `create table audit_tile (
      log_id integer not null references audit_head (log_id),
      level integer not null check (level between 0 and 7),
      idx ${integer} not null check (idx >= 0),
      hashes ${bytes} not null check (${length('hashes')} = 8192),
      primary key (log_id, level, idx)
    ) ${tableEnd}`,

    `create table audit_private (
      log_id integer not null,
      idx ${integer} not null,
      position integer not null check (position >= 0),
      name ${text} not null,
      subject ${text},
      sealing ${text} not null check (sealing in ('none', 'aes-256-gcm')),
      key_id ${text},
      nonce ${bytes},
      content ${bytes} not null,
      primary key (log_id, idx, position),
      foreign key (log_id, idx) references audit_leaf (log_id, idx),
      check ((sealing = 'none') = (key_id is null) and (key_id is null) = (nonce is null))
    ) ${narrowTableEnd}`,

    `create table subject (
      ref ${text} not null primary key,
      tenant_id ${text} not null,
      object_id ${text} not null,
      first_seen ${integer} not null,
      unique (tenant_id, object_id)
    ) ${tableEnd}`,
  ];
}

/** Each ends with idx, so that a filtered page is read in log order and resumed after its last index. */
const indexes: readonly string[] = [
  'create index audit_leaf_time on audit_leaf (log_id, time, idx)',
  ...['actor', 'application', 'action', 'request_id', 'client_request_id', 'ticket', 'rule', 'parent'].map(sparse),
  ...['decision', 'outcome'].map(sparse),
  `create index audit_leaf_job on audit_leaf (log_id, service_principal_id, job_id, idx)
    where service_principal_id is not null`,
];

function sparse(column: string): string {
  return `create index audit_leaf_${column} on audit_leaf (log_id, ${column}, idx) where ${column} is not null`;
}

/**
 * A belt against mistakes, not against an attacker who owns the schema: what such a one changes, the verifier finds.
 * Disclosures may be deleted, because that is how personal data is erased.
 */
const frozen = [
  ['audit_leaf', 'update'],
  ['audit_leaf', 'delete'],
  ['audit_tile', 'update'],
  ['audit_tile', 'delete'],
  ['audit_private', 'update'],
  ['audit_head', 'delete'],
] as const;

const sqliteTriggers: readonly string[] = [
  ...frozen.map(
    ([table, change]) => `create trigger ${table}_no_${change} before ${change} on ${table}
      begin select raise(abort, '${table} is append-only'); end`,
  ),
  `create trigger audit_head_grows before update on audit_head
    when new.log_id is not old.log_id or new.origin is not old.origin or new.size < old.size
      or (new.size = old.size and new.root is not old.root)
    begin select raise(abort, 'a log only grows'); end`,
];

const postgresTriggers: readonly string[] = [
  `create function audit_refuse_change() returns trigger language plpgsql as $$
    begin raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation'; end $$`,
  ...frozen.map(
    ([table, change]) => `create trigger ${table}_no_${change} before ${change} on ${table}
      for each row execute function audit_refuse_change()`,
  ),
  ...['audit_head', 'audit_leaf', 'audit_tile'].map(
    (table) => `create trigger ${table}_no_truncate before truncate on ${table}
      for each statement execute function audit_refuse_change()`,
  ),
  `create trigger audit_head_grows before update on audit_head for each row
    when (new.log_id <> old.log_id or new.origin <> old.origin or new.size < old.size
      or (new.size = old.size and new.root is distinct from old.root))
    execute function audit_refuse_change()`,
];
