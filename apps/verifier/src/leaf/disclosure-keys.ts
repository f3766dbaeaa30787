import { createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Unreadable } from '../report/unreadable.ts';
import type { Leaf } from './leaf.ts';

/** AES-256-GCM, with the tag of 16 bytes behind the ciphertext. */
export interface Sealed {
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
}

/** A row of `data_key`: the key of a subject, wrapped by the disclosure key. */
export interface WrappedDataKey extends Sealed {
  readonly ref: string;
}

const tagLength = 16;

/** The keys of subjects, unwrapped, by which sealed personal fields open (docs/verifier.md has the formats). */
export class DisclosureKeys {
  readonly #keys = new Map<string, KeyObject>();

  /**
   * @param text base64 of the disclosure key. @param keyId what the database says of it.
   * {@link Unreadable} when it is not the key that wraps these.
   */
  constructor(text: string, keyId: string | undefined, wrapped: readonly WrappedDataKey[]) {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length !== 32) throw new Unreadable('The disclosure key is not 32 bytes in base64');
    const key = createSecretKey(bytes);
    const id = createHmac('sha256', key).update('interlock/disclosure-key@v1').digest('hex').slice(0, 32);
    if (id !== keyId) throw new Unreadable('The disclosure key is not the one of this database');
    for (const row of wrapped) {
      const dataKey = opened(row, key, `interlock/data-key@v1\n${row.ref}`);
      if (dataKey?.length === 32) this.#keys.set(row.ref, createSecretKey(dataKey));
    }
  }

  /** Opens a field of the subject, given the entry that it belongs to; undefined where there is no such key. */
  unsealer(subject: string, name: string, sealed: Sealed): ((leaf: Leaf) => string | undefined) | undefined {
    const key = this.#keys.get(subject);
    if (key === undefined) return undefined;
    return (leaf) => {
      const bound = [leaf.text(['origin']), leaf.text(['id']), name].join('\n');
      return opened(sealed, key, bound)?.toString('latin1');
    };
  }
}

/** The key as an object, because Node takes several times as long with bytes that it has to find out are no object. */
function opened({ nonce, content }: Sealed, key: KeyObject, bound: string): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(bound));
    decipher.setAuthTag(content.subarray(content.length - tagLength));
    return Buffer.concat([decipher.update(content.subarray(0, content.length - tagLength)), decipher.final()]);
  } catch {
    return undefined;
  }
}
