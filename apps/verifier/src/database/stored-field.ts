import type { StoredField } from '../leaf/check-disclosures.ts';
import type { DisclosureKeys } from '../leaf/disclosure-keys.ts';
import { asBytes, asNumber, asText } from './column-value.ts';

/** The columns of `audit_private` that {@link addField} takes. */
export const fieldColumns = 'idx, name, sealing, content';

/** Adds a row of {@link fieldColumns} to the fields of its entry. */
export function addField(fields: Map<number, StoredField[]>, [idx, name, sealing, content]: readonly unknown[]): void {
  const index = asNumber(idx);
  const disclosure = Buffer.from(asBytes(content) ?? []).toString('latin1');
  const field = { name: asText(name) ?? '', ...(sealing === 'none' && { disclosure }) };
  const others = fields.get(index);
  if (others === undefined) fields.set(index, [field]);
  else others.push(field);
}
