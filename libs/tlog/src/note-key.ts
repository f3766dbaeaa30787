import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { TlogError } from './tlog-error.ts';
import { nameKey, parseVkey } from './vkey.ts';

/** Signature type of Ed25519 in the signed note format. */
const ed25519Type = 0x01;

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
    const { keyId, vkey } = nameKey(name, ed25519Type, publicKey);
    return new NoteVerifier(name, keyId, vkey, publicKey);
  }

  /** Reads a vkey line; `key_invalid` when any part of it is not as {@link NoteVerifier.of} would write it. */
  static parse(vkey: string): NoteVerifier {
    const { name, publicKey } = parseVkey(vkey, ed25519Type);
    return NoteVerifier.of(name, publicKey);
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
