import { randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { StoredSubject, SubjectName, WrappedKey } from '#audit';
import type { Clock } from '#kernel';
import type { TranslateError } from './foreign-error.ts';
import { plainBytes } from './plain-bytes.ts';
import type { Database } from './schema.ts';
import { StoreError } from './store-error.ts';

/**
 * Pseudonyms of 128 random bits, so that erasing the row makes the pseudonym unlinkable, each with the data key that
 * seals the personal fields of its subject.
 */
export class SqlSubjects {
  readonly #db: Kysely<Database>;
  readonly #clock: Clock;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, clock: Clock, translate: TranslateError) {
    this.#db = db;
    this.#clock = clock;
    this.#translate = translate;
  }

  /** Pseudonym and key, made at first sight. Replicas that see a subject at the same time agree on both. */
  subject(name: SubjectName, keyFor: (ref: string) => WrappedKey): Promise<StoredSubject> {
    return this.#ask(async () => {
      const found = await find(this.#db, name);
      return found ?? (await this.#db.transaction().execute((sql) => this.#make(sql, name, keyFor)));
    });
  }

  dataKey(ref: string): Promise<WrappedKey | undefined> {
    return this.#ask(async () => {
      const row = await this.#db
        .selectFrom('data_key')
        .select(['key_id', 'nonce', 'content'])
        .where('ref', '=', ref)
        .executeTakeFirst();
      return row && wrappedKeyOf(row);
    });
  }

  disclosureKeyId(first: string): Promise<string> {
    return this.#ask(async () => {
      const stored = await this.#db.selectFrom('disclosure_key').select('key_id').executeTakeFirst();
      if (stored !== undefined) return stored.key_id;
      await this.#db
        .insertInto('disclosure_key')
        .values({ only_one: 1, key_id: first })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return (await this.#db.selectFrom('disclosure_key').select('key_id').executeTakeFirstOrThrow()).key_id;
    });
  }

  async #make(
    sql: Transaction<Database>,
    { realm, name }: SubjectName,
    keyFor: (ref: string) => WrappedKey,
  ): Promise<StoredSubject> {
    const made = randomBytes(16).toString('base64url');
    await sql
      .insertInto('subject')
      .values({ ref: made, tenant_id: realm, object_id: name, first_seen: this.#clock.now() })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'object_id']).doNothing())
      .execute();
    // Not `made`: another replica's row may have won, and only what is committed counts.
    const row = await sql
      .selectFrom('subject')
      .select('ref')
      .where('tenant_id', '=', realm)
      .where('object_id', '=', name)
      .executeTakeFirst();
    if (row === undefined) throw new StoreError('store_conflict', 'subject erased meanwhile');
    const { keyId, nonce, content } = keyFor(row.ref);
    await sql
      .insertInto('data_key')
      .values({ ref: row.ref, key_id: keyId, nonce, content })
      .onConflict((conflict) => conflict.column('ref').doNothing())
      .execute();
    const stored = await find(sql, { realm, name });
    if (stored === undefined) throw new StoreError('store_conflict', 'subject erased meanwhile');
    return stored;
  }

  async #ask<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw this.#translate(error);
    }
  }
}

/** A wrapped key of a row of `data_key`. */
export function wrappedKeyOf(row: { key_id: string; nonce: Uint8Array; content: Uint8Array }): WrappedKey {
  return { keyId: row.key_id, nonce: plainBytes(row.nonce), content: plainBytes(row.content) };
}

async function find(db: Kysely<Database>, { realm, name }: SubjectName): Promise<StoredSubject | undefined> {
  const row = await db
    .selectFrom('subject')
    .innerJoin('data_key', 'data_key.ref', 'subject.ref')
    .select(['subject.ref', 'key_id', 'nonce', 'content'])
    .where('tenant_id', '=', realm)
    .where('object_id', '=', name)
    .executeTakeFirst();
  return row && { ref: row.ref, wrapped: wrappedKeyOf(row) };
}
