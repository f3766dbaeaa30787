export { inspectStore, type SchemaAge, type StoreInspection } from './inspect-store.ts';
export { openStore } from './open-store.ts';
export { postgresGrants } from './postgres/postgres-grants.ts';
export { SqlAuditSearch } from './search/sql-audit-search.ts';
export type { Store } from './store.ts';
export { StoreError, type StoreErrorCode } from './store-error.ts';
