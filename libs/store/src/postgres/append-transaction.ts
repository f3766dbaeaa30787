import { DatabaseError, type PoolClient, type QueryResultRow } from 'pg';
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
import { fromPostgres } from '../foreign-error.ts';
import { jobChangeConflict, keepJobChange, lastChangesOf } from '../job-change.ts';
import { columnOf, leafFields } from '../leaf-row.ts';
import { type HeadRow, headOfRow } from '../log-reader.ts';
import { StoreError } from '../store-error.ts';
import { asParameter, type QueryValue } from './array-literal.ts';
import { writePostgresHolds } from './postgres-holds.ts';

/**
 * SET LOCAL and not connection parameters, which connection poolers drop. A server that runs with
 * synchronous_commit=off would answer COMMIT before the entry is on disk; stricter settings than `on` stay.
 */
const begin = `begin;
  set local lock_timeout = '2s';
  set local statement_timeout = '5s';
  set local idle_in_transaction_session_timeout = '5s';
  select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'`;

const lockHead = 'select log_id, size, edge, root, checkpoint from audit_head where origin = $1 for update';
const createHead = 'insert into audit_head (origin) values ($1) on conflict (origin) do nothing';

const condition = conditionSql('$');

const leafColumns = leafFields.map((field) => columnOf[field]);
/** Bodies come in one binary value, because the driver has to write an array of them out as hexadecimal text. */
const insertLeaves = `insert into audit_leaf (log_id, idx, event_id, body, ${leafColumns.join(', ')})
  select $1, $2 + entry.position - 1, entry.event_id, substr($3::bytea, entry.first, entry.length),
    ${leafColumns.map((name) => `entry.${name}`).join(', ')}
  from unnest($4::integer[], $5::integer[], $6::text[], ${leafColumns.map((_, at) => `$${at + 7}::text[]`).join(', ')})
    with ordinality as entry (first, length, event_id, ${leafColumns.join(', ')}, position)`;

/**
 * Keeps only fields whose data key exists. Keys are destroyed under the lock of the head, so that this statement, which
 * comes after it, sees what has become of them.
 */
const insertDisclosures = `insert into audit_private (log_id, idx, position, name, subject, sealing, key_id, nonce, content)
  select $1, d.idx, d.position, d.name, key.ref, 'aes-256-gcm', key.ref, d.nonce, d.content
  from unnest($2::bigint[], $3::integer[], $4::text[], $5::text[], $6::bytea[], $7::bytea[])
    as d (idx, position, name, subject, nonce, content) join data_key as key on key.ref = d.subject`;

const insertTiles = `insert into audit_tile (log_id, level, idx, hashes)
  select $1, t.level, t.idx, t.hashes from unnest($2::integer[], $3::bigint[], $4::bytea[]) as t (level, idx, hashes)`;

const keepJobChanges = `${keepJobChange}
  select $1, c.* from unnest($2::text[], $3::text[], $4::bigint[]) as c ${jobChangeConflict}`;

const keepEntry = 'insert into audit_kept_entry (log_id, idx, body) values ($1, $2, $3)';
const keepCheckpoint = 'insert into audit_checkpoint (log_id, size, note) values ($1, $2, $3)';

const advanceHead =
  'update audit_head set size = $1, edge = $2, root = $3, checkpoint = $4 where log_id = $5 and size = $6';

/** A COMMIT that fails with one of these has certainly rolled back: constraint, serialisation failure, deadlock. */
const rolledBack = /^(?:23...|40001|40002|40P01)$/;

/** One append transaction on a connection of its own. Every method throws StoreErrors, `commit` also CommitUnknown. */
export class AppendTransaction {
  readonly #client: PoolClient;
  /** Whether the connection still answers; a lost one must not go back into the pool. */
  #alive = true;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  /** Begins, and gives the head under an exclusive row lock; makes it when this is the log's first append. */
  async begin(origin: LogOrigin): Promise<{ logId: number; head: LogHead | undefined }> {
    const lock = () => this.#ask<HeadRow & { log_id: number }>(lockHead, [origin]);
    let [, { rows }] = await Promise.all([this.#ask(begin), lock()]);
    if (rows.length === 0) {
      await this.#ask(createHead, [origin]);
      ({ rows } = await lock());
    }
    const [row] = rows;
    if (row === undefined) throw new StoreError('store_corrupt', 'no head');
    return { logId: row.log_id, head: headOfRow(row) };
  }

  /** Throws {@link ConditionFailed} when the condition does not hold. */
  async assert(logId: number, { lease, unsettled, unchanged }: AppendCondition): Promise<void> {
    if (lease !== undefined) {
      // Locked, so that the lease cannot pass to another replica before this transaction has ended.
      const held = await this.#ask(`${condition.held} for share`, [lease.name, lease.fence]);
      if (held.rows.length === 0) throw new ConditionFailed('lease_lost');
    }
    if (unsettled !== undefined) {
      const settled = await this.#ask(condition.settled, [logId, unsettled]);
      if (settled.rows.length > 0) throw new ConditionFailed('already_settled');
    }
    if (unchanged !== undefined) {
      const { servicePrincipalId, jobId } = unchanged.job;
      const changed = await this.#ask(condition.changed, [logId, servicePrincipalId, jobId, unchanged.asOf]);
      if (changed.rows.length > 0) throw new ConditionFailed('job_changed');
    }
  }

  /** Ties the claim to the entry; throws {@link ConditionFailed} when it is another's by now. */
  async tie({ id, token }: ClaimHolder, [first]: readonly NewEntry[]): Promise<void> {
    const { rowCount } = await this.#ask(condition.tied, [first?.eventId, id, token]);
    if (rowCount !== 1) throw new ConditionFailed('claim_lost');
  }

  /**
   * Everything in one round trip: the head stays locked for no longer than the server needs. Open holds are asked for
   * first, so that what becomes of them is known while the server is still busy with the entries.
   */
  async write(logId: number, size: number, { entries, tiles, head, keep }: Integration): Promise<void> {
    const writes: Promise<unknown>[] = [
      writePostgresHolds((text, values) => this.#ask(text, values), logId, size, entries),
    ];
    if (entries.length > 0) writes.push(this.#ask(insertLeaves, leafValues(logId, size, entries)));
    writes.push(this.#writeDisclosures(logId, size, entries));
    const changes = lastChangesOf(entries, size);
    if (changes.length > 0) {
      const jobs = [changes.map((c) => c.servicePrincipalId), changes.map((c) => c.jobId)];
      writes.push(this.#ask(keepJobChanges, [logId, ...jobs, changes.map((c) => c.index)]));
    }
    if (tiles.length > 0) {
      const columns = [tiles.map((t) => t.level), tiles.map((t) => t.index), tiles.map((t) => t.hashes)];
      writes.push(this.#ask(insertTiles, [logId, ...columns]));
    }
    if (keep) {
      for (const [at, { body }] of entries.entries()) writes.push(this.#ask(keepEntry, [logId, size + at, body]));
      writes.push(this.#ask(keepCheckpoint, [logId, head.size, head.checkpoint]));
    }
    const values = [head.size, encodeEdge(head.edge), head.root, head.checkpoint, logId, size];
    // Asked last. The first rejection is told, and it is the cause of the others.
    const [{ rowCount }] = await Promise.all([this.#ask(advanceHead, values), ...writes]);
    if (rowCount !== 1) throw new StoreError('store_conflict', 'the head moved under its lock');
  }

  async #writeDisclosures(logId: number, size: number, entries: readonly NewEntry[]): Promise<void> {
    const all = entries.flatMap(({ disclosures }, at) =>
      disclosures.map((disclosure, position) => ({ index: size + at, position, ...disclosure })),
    );
    if (all.length === 0) return;
    const { rowCount } = await this.#ask(insertDisclosures, [
      logId,
      all.map(({ index }) => index),
      all.map(({ position }) => position),
      all.map(({ name }) => name),
      all.map(({ subject }) => subject),
      all.map(({ nonce }) => nonce),
      all.map(({ content }) => content),
    ]);
    if (rowCount !== all.length) throw new SubjectErased('The data key of a subject has been destroyed');
  }

  async commit(): Promise<void> {
    const result = await this.#client.query('commit').catch((error: unknown) => {
      if (error instanceof DatabaseError && rolledBack.test(error.code ?? '')) throw fromPostgres(error);
      this.#alive = false;
      throw new CommitUnknown('The connection was lost while PostgreSQL committed', { cause: error });
    });
    // PostgreSQL answers COMMIT with ROLLBACK when a statement before it had failed.
    if (result.command !== 'COMMIT') throw new StoreError('store_failed', `COMMIT answered ${result.command}`);
  }

  /** Gives the connection back, or up when it is in doubt. Never throws. */
  async end(outcome: 'committed' | 'failed'): Promise<void> {
    if (outcome === 'failed' && this.#alive) await this.#ask('rollback').catch(() => undefined);
    this.#client.release(!this.#alive);
  }

  async #ask<Row extends QueryResultRow>(text: string, values?: readonly QueryValue[]) {
    try {
      return await this.#client.query<Row>(text, values?.map(asParameter));
    } catch (error) {
      if (!(error instanceof DatabaseError)) this.#alive = false;
      throw fromPostgres(error);
    }
  }
}

function leafValues(logId: number, size: number, entries: readonly NewEntry[]): QueryValue[] {
  const copies = leafFields.map((field) => entries.map(({ columns }) => columns[field] ?? null));
  const bodies = Buffer.concat(entries.map(({ body }) => body));
  // SQL counts bytes from 1.
  let next = 1;
  const firsts = entries.map(({ body }) => {
    const first = next;
    next += body.length;
    return first;
  });
  const lengths = entries.map(({ body }) => body.length);
  return [logId, size, bodies, firsts, lengths, entries.map(({ eventId }) => eventId), ...copies];
}
