import { decodeBase64, encodeBase64 } from './base64.ts';
import type { NoteSigner, NoteVerifier } from './note-key.ts';
import { TlogError } from './tlog-error.ts';
import { isKeyName } from './vkey.ts';

/** A note whose signatures by known keys were all verified; there is at least one. */
export interface OpenedNote {
  /** What was signed, with its final newline. */
  readonly text: string;
  readonly signedBy: readonly NoteVerifier[];
  /** All signature lines in order, those of unknown keys too, of which nothing is verified. */
  readonly lines: readonly SignatureLine[];
}

/** A signature line of a note, taken apart. */
export interface SignatureLine {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** Bounds the work that an unknown sender can cause. The format asks for at least 16. */
const maxSignatures = 100;

/**
 * Signs a text, which ends in a newline, with each signer in turn; `note_malformed` when a note cannot carry it.
 * @see https://c2sp.org/signed-note
 */
export function signNote(text: string, ...signers: readonly [NoteSigner, ...NoteSigner[]]): string {
  assertNoteText(text);
  if (!text.endsWith('\n')) throw new TlogError('note_malformed', 'The text of a note ends in a newline');
  const lines = signers.map((signer) => signatureLine({ ...idOf(signer.verifier), signature: signer.sign(text) }));
  return `${text}\n${lines.join('')}`;
}

/** The line by which a signature stands at the end of a note. */
export function signatureLine({ name, keyId, signature }: SignatureLine): string {
  return `— ${name} ${encodeBase64(Buffer.concat([Buffer.from(keyId, 'hex'), signature]))}\n`;
}

function idOf({ name, keyId }: NoteVerifier): Pick<SignatureLine, 'name' | 'keyId'> {
  return { name, keyId };
}

/**
 * Opens a note with the keys that the caller trusts. Lines of other keys are ignored, whatever they hold; a bad
 * signature of a known key refuses the note (`signature_invalid`), as does none by a known key (`note_unverified`).
 */
export function openNote(note: string, trusted: readonly NoteVerifier[]): OpenedNote {
  const { text, lines } = splitNote(note);
  const signedBy = new Set<NoteVerifier>();
  for (const { name, keyId, signature } of lines) {
    const key = trusted.find((candidate) => candidate.name === name && candidate.keyId === keyId);
    if (key === undefined) continue;
    if (!key.verify(text, signature)) {
      throw new TlogError('signature_invalid', `The signature of key ${keyId} does not verify`);
    }
    signedBy.add(key);
  }
  if (signedBy.size === 0) throw new TlogError('note_unverified', 'No known key signed the note');
  return { text, signedBy: [...signedBy], lines };
}

/** Takes a note apart without verifying anything; `note_malformed` when it is not exactly of that form. */
export function splitNote(note: string): Pick<OpenedNote, 'text' | 'lines'> {
  assertNoteText(note);
  // The text may have blank lines of its own, so the last one separates.
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new TlogError('note_malformed', 'A note has signature lines at its end');
  const lines = note.slice(end + 2, -1).split('\n', maxSignatures + 1);
  if (lines.length > maxSignatures) throw new TlogError('note_malformed', 'The note has too many signatures');
  return { text: note.slice(0, end + 1), lines: lines.map(parseSignatureLine) };
}

function parseSignatureLine(line: string): SignatureLine {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ');
  const bytes = decodeBase64(encoded);
  if (dash !== '—' || rest.length > 0 || !isKeyName(name) || bytes === undefined || bytes.length < 5) {
    throw new TlogError('note_malformed', 'A signature line is not "— name base64"');
  }
  return { name, keyId: Buffer.from(bytes.subarray(0, 4)).toString('hex'), signature: bytes.subarray(4) };
}

function assertNoteText(text: string): void {
  if (!text.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(text)) {
    throw new TlogError('note_malformed', 'A note holds no control characters but newlines');
  }
}
