import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { sha256 } from '../tree/hash.ts';
import { Unreadable } from '../report/unreadable.ts';
import { fromBase64 } from './base64.ts';

const idLength = 4;
const ed25519 = 0x01;
/** RFC 8410: what stands before the 32 bytes of an Ed25519 public key in DER. */
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');

/** A public key of the log that whoever verifies has chosen to trust, for checkpoints of some sizes. */
export class TrustedKey {
  private constructor(
    readonly vkey: string,
    readonly name: string,
    readonly id: Uint8Array,
    /** The smallest and the largest size (both included) that this key may sign. */
    readonly fromSize: number,
    readonly toSize: number,
    readonly key: KeyObject,
  ) {}

  /** Reads a vkey (https://c2sp.org/signed-note, Ed25519); {@link Unreadable} when it is not one. */
  static parse(vkey: string, fromSize = 0, toSize = Number.MAX_SAFE_INTEGER): TrustedKey {
    // Base64 has "+" too: only the first two separate.
    const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
    const typed = fromBase64(encoded);
    if (/[\p{White_Space}\p{Cc}]/u.test(name) || typed?.length !== 33 || typed[0] !== ed25519) {
      throw new Unreadable('A trusted key is not an Ed25519 vkey, as name+id+base64');
    }
    const expected = sha256(Buffer.concat([Buffer.from(`${name}\n`), typed])).subarray(0, idLength);
    if (expected.toString('hex') !== id) throw new Unreadable('The id of a trusted key is not that of its bytes');
    const der = Buffer.concat([spkiStart, typed.subarray(1)]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return new TrustedKey(vkey, name, expected, fromSize, toSize, key);
  }

  signed(text: string, signature: Uint8Array): boolean {
    return verify(null, Buffer.from(text), this.key, signature);
  }

  coversSize(size: number): boolean {
    return this.fromSize <= size && size <= this.toSize;
  }
}
