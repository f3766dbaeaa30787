import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { TlogError } from './tlog-error.ts';

/** Signature type of Ed25519 in the signed note format. */
const ed25519Type = 0x01;
const keyIdBytes = 4;
const publicKeyBytes = 32;

/**
 * An Ed25519 key that checks notes under its name.
 * @see https://c2sp.org/signed-note
 */
export class NoteVerifier {
  readonly #publicKey: KeyObject;

  private constructor(
    readonly name: string,
    /** Eight lower-case hex digits. Tells keys apart; it proves nothing, because anybody can make a key with the same id. */
    readonly keyId: string,
    /** The key as one line, for those who check the log: `name+keyId+base64(type || public key)`. */
    readonly vkey: string,
    publicKey: KeyObject,
  ) {
    this.#publicKey = publicKey;
  }

  /** `key_invalid` when the name cannot stand in a note or the key is not Ed25519. */
  static of(name: string, publicKey: KeyObject): NoteVerifier {
    if (!isKeyName(name)) throw new TlogError('key_invalid', 'A key name has no spaces, control characters or "+"');
    const raw = rawPublicKey(publicKey);
    const typed = Buffer.concat([Buffer.of(ed25519Type), raw]);
    const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed])).slice(0, 2 * keyIdBytes);
    return new NoteVerifier(name, id, `${name}+${id}+${encodeBase64(typed)}`, publicKey);
  }

  /** Reads a vkey line; `key_invalid` when any part of it is not as {@link NoteVerifier.of} would write it. */
  static parse(vkey: string): NoteVerifier {
    // Base64 may hold "+" too, so only the first two separate.
    const [name = '', id = '', ...rest] = vkey.split('+');
    const typed = decodeBase64(rest.join('+'));
    if (typed?.length !== 1 + publicKeyBytes || typed[0] !== ed25519Type) {
      throw new TlogError('key_invalid', 'A vkey ends with the base64 of 0x01 and 32 bytes');
    }
    const x = Buffer.from(typed.subarray(1)).toString('base64url');
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const verifier = NoteVerifier.of(name, publicKey);
    if (verifier.keyId !== id) throw new TlogError('key_invalid', 'The key id of a vkey does not fit its key');
    return verifier;
  }

  verify(text: string, signature: Uint8Array): boolean {
    return verify(null, Buffer.from(text), this.#publicKey, signature);
  }
}

/** An Ed25519 key that signs notes under its name. The private key never leaves this object. */
export class NoteSigner {
  readonly verifier: NoteVerifier;
  readonly #privateKey: KeyObject;

  /** `key_invalid` when the name cannot stand in a note or the key is not a private Ed25519 key. */
  constructor(name: string, privateKey: KeyObject) {
    if (privateKey.type !== 'private') throw new TlogError('key_invalid', 'A signer needs a private key');
    this.verifier = NoteVerifier.of(name, createPublicKey(privateKey));
    this.#privateKey = privateKey;
  }

  /** 64 bytes; the same text always gives the same signature (RFC 8032 §5.1.6). */
  sign(text: string): Uint8Array {
    return sign(null, Buffer.from(text), this.#privateKey);
  }
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
