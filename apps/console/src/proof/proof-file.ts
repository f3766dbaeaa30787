import { type Bytes, fromBase64, readDecimal } from './bytes.ts';
import { ProofError } from './proof-error.ts';

/** What a `.tlog-proof` says: the path from an entry to the root of a checkpoint. Nothing of it is verified yet. */
export interface InclusionProof {
  readonly index: number;
  readonly path: readonly Bytes[];
  /** Signed note, verbatim. */
  readonly checkpoint: string;
}

const header = 'c2sp.org/tlog-proof@v1';
const maxHashes = 63;

/** Whether a text calls itself a proof file. */
export function isProofFile(text: string): boolean {
  return text.startsWith(`${header}\n`);
}

/** Throws {@link ProofError}. @see https://c2sp.org/tlog-proof */
export function readInclusionProof(text: string): InclusionProof {
  const { lines, checkpoint } = split(text);
  if (lines.shift() !== header) throw malformed();
  // Not covered by any signature, so it is not looked at.
  if (lines[0]?.startsWith('extra ') === true) lines.shift();
  return { index: numberOf('index ', lines.shift()), path: hashesOf(lines), checkpoint };
}

function split(text: string): { readonly lines: string[]; readonly checkpoint: string } {
  const end = text.indexOf('\n\n');
  if (end < 0) throw malformed();
  return { lines: text.slice(0, end).split('\n'), checkpoint: text.slice(end + 2) };
}

function numberOf(label: string, line = ''): number {
  const value = line.startsWith(label) ? readDecimal(line.slice(label.length)) : undefined;
  if (value === undefined) throw malformed();
  return value;
}

function hashesOf(lines: readonly string[]): readonly Bytes[] {
  if (lines.length > maxHashes) throw malformed();
  return lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== 32) throw malformed();
    return hash;
  });
}

function malformed(): ProofError {
  return new ProofError('malformed', 'This is not a proof of the log.');
}
