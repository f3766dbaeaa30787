import type { Dialect, Words } from './dialect.ts';

/** Migration 5: the bytes of policies by their hash. Append-only like the entries that cite them. */
export function policyDocuments(dialect: Dialect, { bytes, text, length, tableEnd }: Words): readonly string[] {
  return [
    `create table policy_document (
      sha256 ${text} not null primary key check (${length('sha256')} = 64),
      content ${bytes} not null
    ) ${tableEnd}`,
    ...(dialect === 'sqlite' ? sqliteTriggers : postgresTriggers),
  ];
}

const changes = ['update', 'delete'] as const;

const sqliteTriggers: readonly string[] = changes.map(
  (change) => `create trigger policy_document_no_${change} before ${change} on policy_document
    begin select raise(abort, 'policy_document is append-only'); end`,
);

const postgresTriggers: readonly string[] = [
  ...changes.map(
    (change) => `create trigger policy_document_no_${change} before ${change} on policy_document
      for each row execute function audit_refuse_change()`,
  ),
  `create trigger policy_document_no_truncate before truncate on policy_document
    for each statement execute function audit_refuse_change()`,
];
