import { fromBase64 } from './base64.ts';

/** A signed note, taken apart; nothing of it is verified. */
export interface Note {
  /** What the signatures are over, with its last newline. */
  readonly text: string;
  readonly lines: readonly SignatureLine[];
}

export interface SignatureLine {
  readonly name: string;
  readonly id: Uint8Array;
  readonly signature: Uint8Array;
}

const mostLines = 100;
const signatureLine = /^\u2014 ([^\p{White_Space}+]+) ([A-Za-z0-9+/=]+)$/u;

/** Takes a note apart (https://c2sp.org/signed-note), or undefined when it is not exactly of that form. */
export function parseNote(note: string): Note | undefined {
  if (!note.isWellFormed() || /[\0-\x09\x0b-\x1f]/.test(note) || !note.endsWith('\n')) return undefined;
  const gap = note.lastIndexOf('\n\n');
  if (gap < 0) return undefined;
  const texts = note.slice(gap + 2, -1).split('\n');
  const lines = texts.flatMap((text) => readLine(text) ?? []);
  if (lines.length !== texts.length || lines.length > mostLines) return undefined;
  return { text: note.slice(0, gap + 1), lines };
}

function readLine(text: string): SignatureLine | undefined {
  const [, name = '', encoded = ''] = signatureLine.exec(text) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes === undefined || bytes.length < 5) return undefined;
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}
