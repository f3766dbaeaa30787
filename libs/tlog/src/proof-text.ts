import { decodeBase64, encodeBase64 } from './base64.ts';
import { parseDecimal } from './checkpoint.ts';
import { hashBytes } from './merkle-hash.ts';
import { TlogError } from './tlog-error.ts';

/** The content of a `.tlog-proof` file: an entry's place in the tree of a checkpoint. Nothing of it is verified yet. */
export interface TlogProof {
  readonly index: number;
  /** Inclusion proof, from the leaf up. */
  readonly hashes: readonly Uint8Array[];
  /** Signed note, verbatim. */
  readonly checkpoint: string;
  /** Not covered by any signature. */
  readonly extra?: Uint8Array;
}

/** The proof that the tree of a checkpoint begins with the first `oldSize` entries. */
export interface GrowthProof {
  readonly oldSize: number;
  readonly hashes: readonly Uint8Array[];
  /** Signed note of the larger tree, verbatim. */
  readonly checkpoint: string;
}

const proofHeader = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^63 entries has no longer proofs. */
const maxHashes = 63;

/** @see https://c2sp.org/tlog-proof */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const extraLine = extra === undefined ? '' : `extra ${encodeBase64(extra)}\n`;
  return `${proofHeader}\n${extraLine}index ${index}\n${formatHashes(hashes)}\n${checkpoint}`;
}

/** Reads a `.tlog-proof`; `proof_malformed` when it is not exactly of that form. */
export function parseTlogProof(text: string): TlogProof {
  const { lines, checkpoint } = splitProof(text);
  if (lines.shift() !== proofHeader) throw new TlogError('proof_malformed', 'The first line of the proof is not known');
  const extra = lines[0]?.startsWith('extra ') === true ? decodeBase64(lines.shift()?.slice(6) ?? '') : null;
  if (extra === undefined) throw new TlogError('proof_malformed', 'The extra line is not base64');
  const index = parseNumberLine('index ', lines.shift());
  return { index, hashes: parseHashes(lines), checkpoint, ...(extra !== null && { extra }) };
}

/** In the form of a witness's add-checkpoint request. @see https://c2sp.org/tlog-witness */
export function formatGrowthProof({ oldSize, hashes, checkpoint }: GrowthProof): string {
  return `old ${oldSize}\n${formatHashes(hashes)}\n${checkpoint}`;
}

/** The inverse of {@link formatGrowthProof}; `proof_malformed` when the text is not exactly of that form. */
export function parseGrowthProof(text: string): GrowthProof {
  const { lines, checkpoint } = splitProof(text);
  const oldSize = parseNumberLine('old ', lines.shift());
  return { oldSize, hashes: parseHashes(lines), checkpoint };
}

function formatHashes(hashes: readonly Uint8Array[]): string {
  return hashes.map((hash) => `${encodeBase64(hash)}\n`).join('');
}

function splitProof(text: string): { readonly lines: string[]; readonly checkpoint: string } {
  const end = text.indexOf('\n\n');
  if (end < 0) throw new TlogError('proof_malformed', 'The proof has no checkpoint');
  return { lines: text.slice(0, end).split('\n', maxHashes + 4), checkpoint: text.slice(end + 2) };
}

function parseNumberLine(label: string, line: string | undefined): number {
  const value = line?.startsWith(label) === true ? parseDecimal(line.slice(label.length)) : undefined;
  if (value === undefined) throw new TlogError('proof_malformed', `The proof lacks its "${label.trim()}" line`);
  return value;
}

function parseHashes(lines: readonly string[]): Uint8Array[] {
  if (lines.length > maxHashes) throw new TlogError('proof_malformed', 'The proof has too many hashes');
  return lines.map((line) => {
    const hash = decodeBase64(line);
    if (hash?.length !== hashBytes) throw new TlogError('proof_malformed', 'A line of the proof is not a hash');
    return hash;
  });
}
