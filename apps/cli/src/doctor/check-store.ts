import { type DisclosureKey, type LogKey, verifyHead } from '#audit';
import type { Configuration } from '#config';
import { CodedError } from '#kernel';
import { inspectStore, type SchemaAge, type StoreInspection } from '#store';
import { keyOfStoreFindings } from './check-keys.ts';
import { fail, type Finding, ok, warn } from './finding.ts';

/** The database and the end of the log in it, looked at without claiming or changing anything. */
export async function checkStore(
  { config, secrets }: Configuration,
  keys: readonly LogKey[],
  disclosureKey: DisclosureKey | undefined,
): Promise<readonly Finding[]> {
  try {
    const store = await inspectStore(secrets.databaseUrl);
    if (store === 'absent') {
      return [warn('store', 'store_absent', 'there is no database file yet; the first start makes it')];
    }
    try {
      const ofKey = keyOfStoreFindings(disclosureKey, await store.disclosureKeyId());
      return [schemaFinding(store.schema), ...(await headFindings(store, config.log.origin, keys)), ...ofKey];
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return [fail('store', error.code, error.message)];
  }
}

function schemaFinding(schema: SchemaAge): Finding {
  switch (schema) {
    case 'current':
      return ok('store', 'can be read; its schema is of this version');
    case 'none':
      return warn('store', 'schema_none', 'the database is empty; the first start makes its tables');
    case 'older':
      return warn(
        'store',
        'schema_older',
        'the schema is of an older version; the next start of the broker migrates it',
      );
    case 'newer':
      return fail('store', 'schema_newer', 'the schema is of a newer version: this one would refuse to start', {
        note: 'use the version of Interlock that migrated the database, or a later one',
      });
  }
}

async function headFindings(
  store: StoreInspection,
  origin: string,
  [key, ...earlier]: readonly LogKey[],
): Promise<readonly Finding[]> {
  const head = await store.head(origin);
  if (head === undefined) return [warn('log-head', 'log_empty', `there is no log named ${origin} yet`)];
  if (key === undefined)
    return [fail('log-head', 'log_head_unverified', 'without the log key its head cannot be verified')];
  try {
    if (verifyHead(head, [key, ...earlier]) === key) {
      return [ok('log-head', `${head.size} entries under a checkpoint that this key signed`)];
    }
    const handedOver =
      'entries under a checkpoint of the previous key; the next start hands the log over to the new one';
    return [ok('log-head', `${head.size} ${handedOver}`)];
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return [
      fail('log-head', error.code, error.message, {
        note: 'give INTERLOCK_LOG_KEY_FILE the key that this log was begun with, or restore the database; never start a new key over it',
      }),
    ];
  }
}
