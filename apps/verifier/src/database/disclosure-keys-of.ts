import { DisclosureKeys } from '../leaf/disclosure-keys.ts';
import { asBytes, asText } from './column-value.ts';
import type { RowSource } from './row-source.ts';

/** The keys of subjects, opened by the text of the disclosure key; Unreadable when it is another database's. */
export async function disclosureKeysOf(rows: RowSource, text: string | undefined): Promise<DisclosureKeys | undefined> {
  if (text === undefined) return undefined;
  const [[keyId] = []] = await rows.rows('select key_id from disclosure_key');
  const wrapped = await rows.rows('select ref, nonce, content from data_key');
  return new DisclosureKeys(
    text,
    asText(keyId),
    wrapped.map(([ref, nonce, content]) => ({
      ref: asText(ref) ?? '',
      nonce: asBytes(nonce) ?? new Uint8Array(),
      content: asBytes(content) ?? new Uint8Array(),
    })),
  );
}
