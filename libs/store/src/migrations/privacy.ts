import type { Dialect, Words } from './dialect.ts';

/**
 * Migration 6: keys that seal personal fields, and retention. Entries may be deleted below the log's minimum index and
 * nowhere else; the index itself only rises, and nothing that serves requests ever sets it.
 */
export function privacy(dialect: Dialect, { integer, bytes, text, tableEnd }: Words): readonly string[] {
  return [
    `create table disclosure_key (
      only_one integer not null primary key check (only_one = 1),
      key_id ${text} not null unique
    ) ${tableEnd}`,
    // Deferred, so that all keys can be wrapped anew within one transaction.
    `create table data_key (
      ref ${text} not null primary key references subject (ref) on delete cascade,
      key_id ${text} not null references disclosure_key (key_id) deferrable initially deferred,
      nonce ${bytes} not null,
      content ${bytes} not null
    ) ${tableEnd}`,
    `alter table audit_head add column min_index ${integer} not null default 0
      check (min_index >= 0 and min_index % 256 = 0 and min_index <= size)`,
    ...(dialect === 'sqlite' ? sqliteTriggers : postgresTriggers),
  ];
}

const sqliteTriggers: readonly string[] = [
  'drop trigger audit_leaf_no_delete',
  `create trigger audit_leaf_no_delete before delete on audit_leaf
    when old.idx >= (select min_index from audit_head where log_id = old.log_id)
    begin select raise(abort, 'audit_leaf is append-only'); end`,
  `create trigger audit_head_stays_pruned before update on audit_head when new.min_index < old.min_index
    begin select raise(abort, 'what is pruned stays pruned'); end`,
];

const postgresTriggers: readonly string[] = [
  `create function audit_refuse_unpruned() returns trigger language plpgsql as $$
    begin
      if old.idx < (select min_index from audit_head where log_id = old.log_id) then return old; end if;
      raise exception 'audit_leaf is append-only' using errcode = 'restrict_violation';
    end $$`,
  'drop trigger audit_leaf_no_delete on audit_leaf',
  `create trigger audit_leaf_no_delete before delete on audit_leaf
    for each row execute function audit_refuse_unpruned()`,
  `create trigger audit_head_stays_pruned before update on audit_head for each row
    when (new.min_index < old.min_index) execute function audit_refuse_change()`,
];
