import { randomBytes } from 'node:crypto';
import { DisclosureKey, type LogStore, type SealedField, type StoredSubject } from '#audit';

const key = DisclosureKey.parse(DisclosureKey.generate());

/** A subject of a store, made at first sight with a key of the disclosure key that all tests share. */
export async function someSubject(store: LogStore, name = 'object', realm = 'tenant'): Promise<StoredSubject> {
  await store.disclosureKeyId(key.id);
  return store.subject({ realm, name }, (ref) => key.newDataKey(ref));
}

/** A sealed field as far as a store can tell. */
export function someField(subject: string, name = 'net.ip'): SealedField {
  return { name, subject, nonce: new Uint8Array(randomBytes(12)), content: new Uint8Array(randomBytes(48)) };
}
