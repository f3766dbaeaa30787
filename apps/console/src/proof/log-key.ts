import { type Bytes, fromBase64, joined, toHex } from './bytes.ts';
import { ProofError } from './proof-error.ts';

const keyLength = 32;
/** What says in a vkey that the key is Ed25519 and signs notes. */
const noteKey = 1;

/** A log's public key, taken from its vkey line: `name+id+base64(type || key)`. */
export class LogPublicKey {
  readonly #key: Bytes;

  private constructor(
    readonly vkey: string,
    readonly name: string,
    /** Eight lower-case hex digits. */
    readonly id: string,
    key: Bytes,
  ) {
    this.#key = key;
  }

  /** Throws {@link ProofError}. @see https://c2sp.org/signed-note */
  static async read(vkey: string): Promise<LogPublicKey> {
    const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? [];
    const typed = encoded === undefined ? undefined : fromBase64(encoded);
    if (name === undefined || id === undefined || typed?.length !== keyLength + 1 || typed[0] !== noteKey) {
      throw new ProofError('malformed', 'This is not the public key of a log.');
    }
    const named = joined(new TextEncoder().encode(`${name}\n`), typed);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', named));
    if (toHex(digest.subarray(0, 4)) !== id) throw new ProofError('malformed', 'The id of the key is not its own.');
    return new LogPublicKey(vkey, name, id, typed.slice(1));
  }

  async verifies(text: string, signature: Bytes): Promise<boolean> {
    const key = await crypto.subtle.importKey('raw', this.#key, 'Ed25519', false, ['verify']);
    return crypto.subtle.verify('Ed25519', key, signature, new TextEncoder().encode(text));
  }
}
