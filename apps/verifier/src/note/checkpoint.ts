import type { Report } from '../report/report.ts';
import { hashLength } from '../tree/hash.ts';
import { fromBase64, fromDecimal } from './base64.ts';
import { checkSignatures } from './check-signatures.ts';
import { type Note, parseNote } from './note.ts';
import type { Trust } from './trust.ts';

/** What a log states about itself: so many entries under this root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** A checkpoint that was read, with the note that it came in. */
interface ReadCheckpoint {
  readonly note: Note;
  readonly checkpoint: Checkpoint;
}

/**
 * Reads a checkpoint (https://c2sp.org/tlog-checkpoint) and checks origin and signatures. What it says is returned even
 * when they are wrong, so that the rest can still be compared; undefined when it cannot be read.
 */
export function openCheckpoint(
  text: string,
  trust: Trust | undefined,
  report: Report,
  what = 'checkpoint',
): Checkpoint | undefined {
  const read = readCheckpoint(text, report, what);
  if (read === undefined) return undefined;
  const { note, checkpoint } = read;
  if (trust === undefined) {
    report.lacks('no key was given to trust (--vkey or --trust), so no signature was verified');
    return checkpoint;
  }
  if (checkpoint.origin !== trust.origin) {
    report.problem('origin', `The ${what} is of "${checkpoint.origin}", not of "${trust.origin}"`);
  }
  checkSignatures(note, checkpoint.size, trust, what, report);
  return checkpoint;
}

/** Reads a checkpoint whose signatures need no look, because it will be compared with one that was opened. */
export function readCheckpoint(text: string, report: Report, what: string): ReadCheckpoint | undefined {
  const note = parseNote(text);
  const checkpoint = note && readBody(note.text);
  if (note !== undefined && checkpoint !== undefined) return { note, checkpoint };
  report.problem('checkpoint-malformed', `The ${what} is not a signed note of origin, size and root`);
  return undefined;
}

function readBody(text: string): Checkpoint | undefined {
  const lines = text.split('\n');
  const [origin = '', sizeLine = '', rootLine = ''] = lines;
  const size = fromDecimal(sizeLine);
  const root = fromBase64(rootLine);
  if (lines.length !== 4 || origin === '' || size === undefined || root?.length !== hashLength) return undefined;
  return { origin, size, root };
}
