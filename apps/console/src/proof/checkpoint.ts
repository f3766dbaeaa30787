import { type Bytes, fromBase64, readDecimal, toHex } from './bytes.ts';
import type { LogPublicKey } from './log-key.ts';
import type { TreeHead } from './merkle.ts';
import { ProofError } from './proof-error.ts';

/** A tree head that a known key signed. */
export interface Checkpoint extends TreeHead {
  /** Name of the log. */
  readonly origin: string;
  /** The signed note, verbatim. */
  readonly note: string;
  /** Id of the key whose signature was verified. */
  readonly keyId: string;
}

/** A key of the log and the sizes, both included, for which it signs. */
export interface TrustedKey {
  readonly key: LogPublicKey;
  readonly fromSize: number;
  /** Absent for the key in use. */
  readonly toSize?: number | undefined;
}

interface Signature {
  readonly name: string;
  readonly keyId: string;
  readonly bytes: Bytes;
}

const maxSignatures = 100;
const signatureLength = 64;

/**
 * Opens a checkpoint with the keys of its log. Signatures of other keys are passed over; a bad one by a known key
 * refuses it. Throws {@link ProofError}.
 * @see https://c2sp.org/tlog-checkpoint
 */
export async function openCheckpoint(note: string, trusted: readonly TrustedKey[]): Promise<Checkpoint> {
  const { text, signatures } = split(note);
  const head = headOf(text);
  const keys = trusted
    .filter(({ fromSize, toSize = Infinity }) => fromSize <= head.size && head.size <= toSize)
    .map(({ key }) => key);
  let keyId: string | undefined;
  for (const { name, keyId: id, bytes } of signatures) {
    const key = keys.find((known) => known.name === name && known.id === id && name === head.origin);
    if (key === undefined) continue;
    const good = bytes.length === signatureLength && (await key.verifies(text, bytes));
    if (!good) throw new ProofError('signature_invalid', `The signature of key ${id} under this checkpoint is wrong.`);
    keyId ??= id;
  }
  if (keyId !== undefined) return { ...head, note, keyId };
  if (!trusted.some(({ key }) => key.name === head.origin)) {
    throw new ProofError('other_log', `The checkpoint is of another log: ${head.origin}.`);
  }
  throw new ProofError('unsigned', 'No key that the log had at that size signed this checkpoint.');
}

/** The text may have blank lines, so the last one separates. */
function split(note: string): { readonly text: string; readonly signatures: readonly Signature[] } {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || !note.isWellFormed() || /[^\P{Cc}\n]/u.test(note)) throw malformed();
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > maxSignatures) throw malformed();
  return { text: note.slice(0, end + 1), signatures: lines.map(readSignature) };
}

function readSignature(line: string): Signature {
  const [, name, encoded] = /^— ([^+\s]+) (\S+)$/.exec(line) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || bytes === undefined || bytes.length < 5) throw malformed();
  return { name, keyId: toHex(bytes.subarray(0, 4)), bytes: bytes.slice(4) };
}

function headOf(text: string): TreeHead & { readonly origin: string } {
  const [, origin, sizeText, rootText] = /^([^\n]+)\n([^\n]+)\n([^\n]+)\n$/.exec(text) ?? [];
  const size = readDecimal(sizeText ?? '');
  const root = fromBase64(rootText ?? '');
  if (origin === undefined || size === undefined || root?.length !== 32) throw malformed();
  return { origin, size, root };
}

function malformed(): ProofError {
  return new ProofError('malformed', 'This is not a signed checkpoint.');
}
