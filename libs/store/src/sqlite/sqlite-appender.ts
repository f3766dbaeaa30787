import type { Kysely } from 'kysely';
import {
  type AppendCondition,
  type ClaimHolder,
  CommitUnknown,
  ConditionFailed,
  type Integration,
  type LogHead,
  type LogOrigin,
  type NewEntry,
  SubjectErased,
} from '#audit';
import { conditionSql } from '../append-condition.ts';
import { encodeEdge } from '../edge-bytes.ts';
import { sqliteResultCode } from '../foreign-error.ts';
import { jobChangeConflict, keepJobChange, lastChangesOf } from '../job-change.ts';
import { columnOf, leafFields } from '../leaf-row.ts';
import { type HeadRow, headOfRow } from '../log-reader.ts';
import type { Database } from '../schema.ts';
import { assertContinues, type Integrate, type LogAppender } from '../sql-log-store.ts';
import { StoreError } from '../store-error.ts';
import type { SqliteStatement } from './sqlite-database.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { SqliteHolds } from './sqlite-holds.ts';

const leafColumns = ['log_id', 'idx', 'event_id', 'body', ...leafFields.map((field) => columnOf[field])];

const sql = {
  begin: 'begin immediate',
  createHead: 'insert into audit_head (origin) values (?) on conflict (origin) do nothing',
  head: 'select log_id, size, edge, root, checkpoint from audit_head where origin = ?',
  leaf: `insert into audit_leaf (${leafColumns.join(', ')}) values (${leafColumns.map(() => '?').join(', ')})`,
  dataKey: 'select 1 from data_key where ref = ?',
  disclosure: `insert into audit_private (log_id, idx, position, name, subject, sealing, key_id, nonce, content)
    values (?1, ?2, ?3, ?4, ?5, 'aes-256-gcm', ?5, ?6, ?7)`,
  jobChange: `${keepJobChange} values (?, ?, ?, ?) ${jobChangeConflict}`,
  tile: 'insert into audit_tile (log_id, level, idx, hashes) values (?, ?, ?, ?)',
  keepEntry: 'insert into audit_kept_entry (log_id, idx, body) values (?, ?, ?)',
  keepCheckpoint: 'insert into audit_checkpoint (log_id, size, note) values (?, ?, ?)',
  advance: 'update audit_head set size = ?, edge = ?, root = ?, checkpoint = ? where log_id = ? and size = ?',
  ...conditionSql('?'),
  commit: 'commit',
  rollback: 'rollback',
} as const;

/**
 * Appends with prepared statements and without a pause between BEGIN and COMMIT: Kysely's way through one promise per
 * statement costs more than SQLite itself.
 */
export class SqliteAppender implements LogAppender {
  readonly #db: Kysely<Database>;
  readonly #file: SqliteFile;
  readonly #origin: LogOrigin;
  readonly #sql: Readonly<Record<keyof typeof sql, SqliteStatement>>;
  readonly #holds: SqliteHolds;

  constructor(db: Kysely<Database>, file: SqliteFile, origin: LogOrigin) {
    this.#db = db;
    this.#file = file;
    this.#origin = origin;
    this.#sql = file.database.prepareAll(sql);
    this.#holds = new SqliteHolds(file.database);
  }

  /** Takes Kysely's only connection first, so that no transaction of another port is half done. */
  append(integrate: Integrate, condition?: AppendCondition): Promise<LogHead> {
    return this.#db.connection().execute(() => Promise.resolve(this.#transaction(integrate, condition)));
  }

  #transaction(integrate: Integrate, condition: AppendCondition | undefined): LogHead {
    this.#file.assertInPlace();
    this.#run(this.#sql.begin);
    try {
      const { logId, head } = this.#lockedHead();
      if (condition !== undefined) this.#assert(logId, condition);
      const integration = integrate(head);
      assertContinues(head, integration);
      if (condition?.claim !== undefined) this.#tie(condition.claim, integration.entries);
      this.#write(logId, head, integration);
      this.#commit();
      this.#holds.committed(integration.head);
      return integration.head;
    } catch (error) {
      // Some failures, such as a full disk, have rolled back already.
      if (this.#file.database.inTransaction) this.#run(this.#sql.rollback);
      throw error;
    }
  }

  #lockedHead(): { logId: number; head: LogHead | undefined } {
    const find = () => this.#sql.head.all([this.#origin])[0] as (HeadRow & { log_id: number }) | undefined;
    let row = find();
    if (row === undefined) {
      this.#run(this.#sql.createHead, this.#origin);
      row = find();
    }
    if (row === undefined) throw new StoreError('store_corrupt', 'no head');
    return { logId: row.log_id, head: headOfRow(row) };
  }

  #assert(logId: number, { lease, unsettled, unchanged }: AppendCondition): void {
    const rows = (statement: SqliteStatement, ...parameters: readonly unknown[]) => statement.all(parameters).length;
    if (lease !== undefined && rows(this.#sql.held, lease.name, lease.fence) === 0) {
      throw new ConditionFailed('lease_lost');
    }
    if (unsettled !== undefined && rows(this.#sql.settled, logId, unsettled) > 0)
      throw new ConditionFailed('already_settled');
    if (unchanged === undefined) return;
    const { job, asOf } = unchanged;
    if (rows(this.#sql.changed, logId, job.servicePrincipalId, job.jobId, asOf) > 0)
      throw new ConditionFailed('job_changed');
  }

  #tie({ id, token }: ClaimHolder, [first]: readonly NewEntry[]): void {
    if (this.#run(this.#sql.tied, first?.eventId, id, token) !== 1) throw new ConditionFailed('claim_lost');
  }

  #write(logId: number, before: LogHead | undefined, { entries, tiles, head, keep }: Integration): void {
    const size = before?.size ?? 0;
    this.#assertKeys(entries);
    let index = size;
    for (const entry of entries) this.#writeEntry(logId, index++, entry);
    this.#holds.write(logId, before, entries);
    for (const { servicePrincipalId, jobId, index } of lastChangesOf(entries, size)) {
      this.#sql.jobChange.run([logId, servicePrincipalId, jobId, index]);
    }
    for (const { level, index, hashes } of tiles) this.#run(this.#sql.tile, logId, level, index, hashes);
    if (keep) {
      for (const [at, { body }] of entries.entries()) this.#run(this.#sql.keepEntry, logId, size + at, body);
      this.#run(this.#sql.keepCheckpoint, logId, head.size, head.checkpoint);
    }
    const changed = this.#run(
      this.#sql.advance,
      head.size,
      encodeEdge(head.edge),
      head.root,
      head.checkpoint,
      logId,
      size,
    );
    if (changed !== 1) throw new StoreError('store_conflict', 'the head moved under its lock');
  }

  /** A field is kept only while its data key exists: one that nobody can read must not be taken for one that is kept. */
  #assertKeys(entries: readonly NewEntry[]): void {
    const found = new Set<string>();
    for (const { disclosures } of entries) {
      for (const { subject } of disclosures) {
        if (found.has(subject)) continue;
        if (this.#sql.dataKey.all([subject]).length === 0) {
          throw new SubjectErased('The data key of a subject has been destroyed');
        }
        found.add(subject);
      }
    }
  }

  #writeEntry(logId: number, index: number, { eventId, body, columns, disclosures }: NewEntry): void {
    const leaf: unknown[] = [logId, index, eventId, body];
    for (const field of leafFields) leaf.push(columns[field] ?? null);
    this.#sql.leaf.run(leaf);
    let position = 0;
    for (const { name, subject, nonce, content } of disclosures) {
      this.#sql.disclosure.run([logId, index, position++, name, subject, nonce, content]);
    }
  }

  /**
   * An I/O error here is no "no": the commit frame may be in the WAL without being synced, and a crash before the next
   * write would bring it to life on recovery.
   */
  #commit(): void {
    try {
      this.#run(this.#sql.commit);
    } catch (error) {
      const code = error instanceof StoreError ? sqliteResultCode(error.cause) : undefined;
      if (code !== undefined && (code & 0xff) === sqliteIoError) {
        throw new CommitUnknown('The disk failed while SQLite committed', { cause: error });
      }
      throw error;
    }
  }

  #run(statement: SqliteStatement, ...parameters: readonly unknown[]): number {
    return Number(statement.run(parameters).changes);
  }
}

const sqliteIoError = 10;
