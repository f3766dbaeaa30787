import type { StoredField } from '../leaf/check-disclosures.ts';
import type { DisclosureKeys } from '../leaf/disclosure-keys.ts';
import { asBytes, asNumber, asText } from './column-value.ts';

/** The columns of `audit_private` that {@link addField} takes. */
export const fieldColumns = 'idx, name, sealing, content, subject, nonce';

/** The same where there are no keys: of a sealed field only that it is there, because the rest is most of what is read. */
export const openFieldColumns = ['name', 'sealing', 'content'].reduce(
  (columns, name) => `${columns}, case when sealing = 'none' then ${name} end as ${name}`,
  'idx',
);

/** A sealed field of which no more is known. */
const sealedField: StoredField = {};

/** Adds a row of {@link fieldColumns} to the fields of its entry. Without `keys` sealed fields stay sealed. */
export function addField(
  fields: Map<number, StoredField[]>,
  row: readonly unknown[],
  keys: DisclosureKeys | undefined,
): void {
  const [idx, , sealing] = row;
  const index = asNumber(idx);
  const field = sealing !== 'none' && keys === undefined ? sealedField : fieldOf(row, keys);
  const others = fields.get(index);
  if (others === undefined) fields.set(index, [field]);
  else others.push(field);
}

function fieldOf(
  [, nameValue, sealing, contentValue, subject, nonce]: readonly unknown[],
  keys: DisclosureKeys | undefined,
): StoredField {
  const [name, content] = [asText(nameValue) ?? '', asBytes(contentValue) ?? new Uint8Array()];
  if (sealing === 'none') return { name, disclosure: Buffer.from(content).toString('latin1') };
  const sealed = { nonce: asBytes(nonce) ?? new Uint8Array(), content };
  const unseal = keys?.unsealer(asText(subject) ?? '', name, sealed);
  return { name, ...(unseal !== undefined && { unseal }) };
}
