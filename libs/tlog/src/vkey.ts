import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { TlogError } from './tlog-error.ts';

const keyIdBytes = 4;
const publicKeyBytes = 32;

/**
 * What an Ed25519 key is called in notes: its id (eight lower-case hex digits) and its vkey line,
 * `name+keyId+base64(type || public key)`. `type` tells what the key signs: 0x01 notes, 0x04 cosignatures.
 * `key_invalid` when the name cannot stand in a note or the key is not Ed25519.
 * @see https://c2sp.org/signed-note
 */
export function nameKey(name: string, type: number, key: KeyObject): { readonly keyId: string; readonly vkey: string } {
  if (!isKeyName(name)) throw new TlogError('key_invalid', 'A key name has no spaces, control characters or "+"');
  const typed = Buffer.concat([Buffer.of(type), rawPublicKey(key)]);
  const keyId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed])).slice(0, 2 * keyIdBytes);
  return { keyId, vkey: `${name}+${keyId}+${encodeBase64(typed)}` };
}

/** Name and key of a vkey line of that type; `key_invalid` when it is not exactly as {@link nameKey} writes it. */
export function parseVkey(vkey: string, type: number): { readonly name: string; readonly publicKey: KeyObject } {
  // Base64 may hold "+" too, so only the first two separate.
  const [name = '', id = '', ...rest] = vkey.split('+');
  const typed = decodeBase64(rest.join('+'));
  if (typed?.length !== 1 + publicKeyBytes || typed[0] !== type) {
    throw new TlogError('key_invalid', `A vkey ends with the base64 of 0x0${type} and 32 bytes`);
  }
  const x = Buffer.from(typed.subarray(1)).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  if (nameKey(name, type, publicKey).keyId !== id) {
    throw new TlogError('key_invalid', 'The key id of a vkey does not fit its key');
  }
  return { name, publicKey };
}

/** Whether the text may name a key: not empty, no Unicode space, no "+", no control character. */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}\p{Cc}+]+$/u.test(name) && name.isWellFormed();
}

function rawPublicKey(key: KeyObject): Uint8Array {
  if (key.type !== 'public' || key.asymmetricKeyType !== 'ed25519') {
    throw new TlogError('key_invalid', 'A verifier needs a public Ed25519 key');
  }
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}
