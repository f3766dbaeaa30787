import type { StoredField } from '../leaf/check-disclosures.ts';
import type { DisclosureKeys } from '../leaf/disclosure-keys.ts';
import { asBytes, asNumber, asText } from './column-value.ts';

/** The columns of `audit_private` that {@link addField} takes. */
export const fieldColumns = 'idx, name, sealing, content, subject, nonce';

/** The same where there are no keys: bytes that nobody can open are most of what there is to read. */
export const openFieldColumns = "idx, name, sealing, case when sealing = 'none' then content end as content";

/** Adds a row of {@link fieldColumns} to the fields of its entry. Without `keys` sealed fields stay sealed. */
export function addField(
  fields: Map<number, StoredField[]>,
  [idx, nameValue, sealing, contentValue, subject, nonce]: readonly unknown[],
  keys: DisclosureKeys | undefined,
): void {
  const [index, name, content] = [asNumber(idx), asText(nameValue) ?? '', asBytes(contentValue) ?? new Uint8Array()];
  const sealed = { nonce: asBytes(nonce) ?? new Uint8Array(), content };
  const unseal = sealing === 'none' ? undefined : keys?.unsealer(asText(subject) ?? '', name, sealed);
  const field = {
    name,
    ...(sealing === 'none' && { disclosure: Buffer.from(content).toString('latin1') }),
    ...(unseal !== undefined && { unseal }),
  };
  const others = fields.get(index);
  if (others === undefined) fields.set(index, [field]);
  else others.push(field);
}
