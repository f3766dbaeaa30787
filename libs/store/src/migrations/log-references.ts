import type { Dialect } from './dialect.ts';

/**
 * Migration 8: PostgreSQL no longer looks up, per row, the head of each entry and the entry of each disclosure, which
 * cost more than all else in an append: while the tables have no statistics yet, each such look-up reads the whole
 * table. Only the append transaction inserts these rows, and it has written what they refer to. In SQLite a look-up is
 * cheap, and the references stay.
 */
export function logReferences(dialect: Dialect): readonly string[] {
  if (dialect === 'sqlite') return [];
  return [
    'alter table audit_leaf drop constraint audit_leaf_log_id_fkey',
    'alter table audit_private drop constraint audit_private_log_id_idx_fkey',
  ];
}
