import type { KeyObject } from 'node:crypto';
import type { LogStore, StoredEntry } from '../log-store.ts';
import { AuditLogError } from '../audit-error.ts';
import type { DisclosureKey } from './disclosure-key.ts';
import { type Disclosure, openField } from './sealed-field.ts';

/**
 * The disclosures of an entry that are still kept, opened. `disclosure_key_mismatch` when a field does not open: it was
 * sealed for another entry, or somebody changed it.
 */
export async function openFields(
  store: Pick<LogStore, 'disclosures' | 'dataKey'>,
  key: DisclosureKey,
  origin: string,
  { index, eventId }: StoredEntry,
): Promise<readonly Disclosure[]> {
  const keys = new Map<string, KeyObject | undefined>();
  const opened: Disclosure[] = [];
  for (const field of await store.disclosures(index)) {
    if ('encoded' in field) {
      opened.push(field);
      continue;
    }
    const { subject } = field;
    if (!keys.has(subject)) {
      const wrapped = await store.dataKey(subject);
      keys.set(subject, wrapped && key.unwrap(subject, wrapped));
    }
    const dataKey = keys.get(subject);
    // Its subject is being erased.
    if (dataKey === undefined) continue;
    const disclosure = openField(field, dataKey, { origin, eventId });
    if (disclosure === undefined) {
      throw new AuditLogError('disclosure_key_mismatch', `A personal field of entry ${index} does not open`);
    }
    opened.push(disclosure);
  }
  return opened;
}
