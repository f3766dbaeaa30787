import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { PolicyArchive } from '#audit';
import type { TranslateError } from './foreign-error.ts';
import { plainBytes } from './plain-bytes.ts';
import type { Database } from './schema.ts';

/** {@link PolicyArchive} in SQL that both dialects know. */
export class SqlPolicyArchive extends PolicyArchive {
  readonly #db: Kysely<Database>;
  readonly #translate: TranslateError;

  constructor(db: Kysely<Database>, translate: TranslateError) {
    super();
    this.#db = db;
    this.#translate = translate;
  }

  override async keep(document: Uint8Array): Promise<void> {
    try {
      await this.#db
        .insertInto('policy_document')
        .values({ sha256: hash('sha256', document), content: document })
        .onConflict((conflict) => conflict.column('sha256').doNothing())
        .execute();
    } catch (error) {
      throw this.#translate(error);
    }
  }

  override async document(sha256: string): Promise<Uint8Array | undefined> {
    try {
      const row = await this.#db
        .selectFrom('policy_document')
        .select('content')
        .where('sha256', '=', sha256)
        .executeTakeFirst();
      return row && plainBytes(row.content);
    } catch (error) {
      throw this.#translate(error);
    }
  }
}
