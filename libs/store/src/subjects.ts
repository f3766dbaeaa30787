import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '#kernel';
import type { TranslateError } from './foreign-error.ts';
import type { Database } from './schema.ts';
import { StoreError } from './store-error.ts';

/** The pseudonyms of principals: 128 random bits each, so that erasing the row makes the pseudonym unlinkable. */
export class Subjects {
  readonly #db: Kysely<Database>;
  readonly #clock: Clock;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, clock: Clock, translate: TranslateError) {
    this.#db = db;
    this.#clock = clock;
    this.#translate = translate;
  }

  /** The pseudonym; made at first sight. Replicas that see a principal at the same time agree on one. */
  async ref(tenantId: string, objectId: string): Promise<string> {
    try {
      return (await this.#find(tenantId, objectId)) ?? (await this.#make(tenantId, objectId));
    } catch (error) {
      throw this.#translate(error);
    }
  }

  async #make(tenantId: string, objectId: string): Promise<string> {
    const ref = randomBytes(16).toString('base64url');
    await this.#db
      .insertInto('subject')
      .values({ ref, tenant_id: tenantId, object_id: objectId, first_seen: this.#clock.now() })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'object_id']).doNothing())
      .execute();
    // Not `ref`: another replica's row may have won, and only what is committed counts.
    const stored = await this.#find(tenantId, objectId);
    if (stored === undefined) throw new StoreError('store_conflict', 'subject erased meanwhile');
    return stored;
  }

  async #find(tenantId: string, objectId: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('subject')
      .select('ref')
      .where('tenant_id', '=', tenantId)
      .where('object_id', '=', objectId)
      .executeTakeFirst();
    return row?.ref;
  }
}
