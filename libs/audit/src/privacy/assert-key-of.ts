import { AuditLogError } from '../audit-error.ts';
import type { LogStore } from '../log-store.ts';
import type { DisclosureKey } from './disclosure-key.ts';

/** Throws `disclosure_key_mismatch` unless the store's data keys are, or will be, wrapped by this key. */
export async function assertKeyOf(store: LogStore, key: DisclosureKey): Promise<void> {
  if ((await store.disclosureKeyId(key.id)) === key.id) return;
  throw new AuditLogError(
    'disclosure_key_mismatch',
    'The personal fields of this database are under another disclosure key; give INTERLOCK_DISCLOSURE_KEY_FILE that one',
  );
}
