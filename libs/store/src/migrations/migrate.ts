import { type Kysely, sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import type { TranslateError } from '../foreign-error.ts';
import { StoreError } from '../store-error.ts';
import { alarms } from './alarms.ts';
import { anchors } from './anchors.ts';
import { auditLog } from './audit-log.ts';
import { auditSearch } from './audit-search.ts';
import { bulk } from './bulk.ts';
import { jobChanges } from './job-changes.ts';
import { type Dialect, type Words, wordsOf } from './dialect.ts';
import { claims } from './claims.ts';
import { holdBlocks } from './hold-blocks.ts';
import { holdChecks } from './hold-checks.ts';
import { holds } from './holds.ts';
import { lastJobChanges } from './last-job-changes.ts';
import { leases } from './leases.ts';
import { policyDocuments } from './policy-documents.ts';
import { privacy } from './privacy.ts';
import { logPeriods } from './log-periods.ts';
import { logReferences } from './log-references.ts';
import { openHolds } from './open-holds.ts';
import { searchBlocks } from './search-blocks.ts';
import { sessions } from './sessions.ts';

/** Every migration there is, by number and name. A released one never changes. */
const migrations: Readonly<Record<string, (dialect: Dialect, words: Words) => readonly string[]>> = {
  '0001_audit_log': auditLog,
  '0002_leases': leases,
  '0003_job_changes': jobChanges,
  '0004_audit_search': auditSearch,
  '0005_policy_documents': policyDocuments,
  '0006_privacy': privacy,
  '0007_anchors': anchors,
  '0008_log_periods': logPeriods,
  '0008_log_references': logReferences,
  '0009_holds': holds,
  '0010_claims': claims,
  '0011_alarms': alarms,
  '0012_search_blocks': searchBlocks,
  '0013_bulk': bulk,
  '0014_sessions': sessions,
  '0015_open_holds': openHolds,
  '0016_hold_blocks': holdBlocks,
  '0017_hold_checks': holdChecks,
  '0018_last_job_changes': lastJobChanges,
};

/** Names of all migrations that this version knows. */
export const migrationNames: readonly string[] = Object.keys(migrations);

class Migrations implements MigrationProvider {
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  getMigrations(): Promise<Record<string, Migration>> {
    const statements = (name: string) => migrations[name]?.(this.#dialect, wordsOf[this.#dialect]) ?? [];
    const migration = (name: string): Migration => ({
      up: async (db) => {
        for (const statement of statements(name)) await sql.raw(statement).execute(db);
      },
    });
    return Promise.resolve(Object.fromEntries(Object.keys(migrations).map((name) => [name, migration(name)])));
  }
}

/**
 * Brings the database to the newest schema: all missing migrations in one transaction, under a lock, so that replicas
 * that start together wait for one of them. There is no way down: an audit log is not unmade.
 * Refuses with {@link StoreError} `schema_newer` or `migration_failed`, or the code of the database's own trouble.
 */
export async function migrate<Schema>(db: Kysely<Schema>, dialect: Dialect, translate: TranslateError): Promise<void> {
  const migrator = new Migrator({ db, provider: new Migrations(dialect) });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && /^corrupted migrations/.test(error.message)) {
    throw new StoreError('schema_newer', undefined, { cause: error });
  }
  const translated = translate(error);
  const own = translated instanceof StoreError && !['store_failed', 'store_conflict'].includes(translated.code);
  if (own || results === undefined) throw translated;
  throw new StoreError('migration_failed', undefined, { cause: translated });
}
