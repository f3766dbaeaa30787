import { type KeyObject, verify } from 'node:crypto';
import { signatureLine, splitNote } from './signed-note.ts';
import { TlogError } from './tlog-error.ts';
import { nameKey, parseVkey } from './vkey.ts';

/** Signature type of timestamped Ed25519 cosignatures. */
const cosignatureType = 0x04;
const timestampBytes = 8;
const signatureBytes = 64;

/** A witness's word that a checkpoint extends all that it has seen of the log. */
export interface Cosignature {
  /** The witness's name. */
  readonly name: string;
  readonly keyId: string;
  /** When the witness said so, in seconds since the epoch. */
  readonly time: number;
  /** The signature line, to be put under the checkpoint. */
  readonly line: string;
}

/**
 * The key of a witness, which checks its cosignatures (`cosignature/v1`, Ed25519).
 * @see https://c2sp.org/tlog-cosignature
 */
export class CosignatureVerifier {
  readonly #publicKey: KeyObject;

  private constructor(
    readonly name: string,
    readonly keyId: string,
    publicKey: KeyObject,
  ) {
    this.#publicKey = publicKey;
  }

  /** Reads a vkey line of type 0x04; `key_invalid` for anything else. */
  static parse(vkey: string): CosignatureVerifier {
    const { name, publicKey } = parseVkey(vkey, cosignatureType);
    return new CosignatureVerifier(name, nameKey(name, cosignatureType, publicKey).keyId, publicKey);
  }

  /**
   * The witness's cosignature among those on a checkpoint; lines of other keys are ignored, good or bad.
   * `note_unverified` when there is none, `signature_invalid` when it does not verify.
   */
  find(checkpoint: string): Cosignature {
    const { text, lines } = splitNote(checkpoint);
    const line = lines.find(({ name, keyId }) => name === this.name && keyId === this.keyId);
    if (line === undefined) throw new TlogError('note_unverified', `${this.name} did not cosign the checkpoint`);
    const time = timeOf(line.signature);
    if (
      time === undefined ||
      !verify(null, cosignedBytes(text, time), this.#publicKey, line.signature.subarray(timestampBytes))
    ) {
      throw new TlogError('signature_invalid', `The cosignature of ${this.name} does not verify`);
    }
    return { name: this.name, keyId: this.keyId, time, line: signatureLine(line) };
  }
}

/** The bytes that a witness signs: the note's text behind its word and time. */
function cosignedBytes(text: string, time: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
}

function timeOf(signature: Uint8Array): number | undefined {
  if (signature.length !== timestampBytes + signatureBytes) return undefined;
  const time = Number(Buffer.from(signature).readBigUInt64BE());
  return Number.isSafeInteger(time) ? time : undefined;
}
