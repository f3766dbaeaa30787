import { decodeBase64, encodeBase64 } from './base64.ts';
import { hashBytes } from './merkle-hash.ts';
import type { NoteSigner, NoteVerifier } from './note-key.ts';
import { openNote, signNote } from './signed-note.ts';
import { TlogError } from './tlog-error.ts';

/** What a log signs: so many entries under this root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** A tree head of a named log. */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
}

/** A checkpoint that a trusted key signed. */
export interface OpenedCheckpoint extends Checkpoint {
  /** Ids of the keys under the origin's name, in the order of their lines. Those that are not trusted prove nothing. */
  readonly keyIds: readonly string[];
}

/**
 * The checkpoint of a tree head, signed by the key whose name is the log's origin, and by its successor when the log
 * is handed over.
 * @see https://c2sp.org/tlog-checkpoint
 */
export function signCheckpoint({ size, root }: TreeHead, ...signers: readonly [NoteSigner, ...NoteSigner[]]): string {
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== hashBytes) {
    throw new TlogError('checkpoint_malformed', 'A tree head has a size and a root of 32 bytes');
  }
  return signNote(checkpointText({ origin: signers[0].verifier.name, size, root }), ...signers);
}

/** What is signed of a checkpoint. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
}

/**
 * Opens a checkpoint with the log's trusted keys (several while a key is being replaced). Refuses what
 * {@link openNote} refuses, other bodies than the three lines, and a signer whose name is not the origin.
 */
export function openCheckpoint(note: string, trusted: readonly NoteVerifier[]): OpenedCheckpoint {
  const { text, signedBy, lines } = openNote(note, trusted);
  const checkpoint = parseBody(text);
  if (!signedBy.some(({ name }) => name === checkpoint.origin)) {
    throw new TlogError('note_unverified', "No key of the checkpoint's origin signed it");
  }
  const own = lines.filter(({ name }) => name === checkpoint.origin);
  return { ...checkpoint, keyIds: own.map(({ keyId }) => keyId) };
}

function parseBody(text: string): Checkpoint {
  const [origin = '', sizeText = '', rootText = '', end, ...extensions] = text.split('\n');
  if (origin === '' || end !== '' || extensions.length > 0) {
    throw new TlogError('checkpoint_malformed', 'A checkpoint is an origin, a size and a root');
  }
  const size = parseDecimal(sizeText);
  const root = decodeBase64(rootText);
  if (size === undefined || root?.length !== hashBytes) {
    throw new TlogError('checkpoint_malformed', 'The size or the root of the checkpoint is malformed');
  }
  return { origin, size, root };
}

/** A decimal without leading zeros up to 2^53 - 1, or undefined. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
