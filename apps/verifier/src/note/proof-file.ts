import { hashLength } from '../tree/hash.ts';
import { fromBase64, fromDecimal } from './base64.ts';

/** A proof with the checkpoint that it leads to; nothing of it is verified. */
export interface ProofFile {
  /** The entry's index, or the old size. */
  readonly number: number;
  readonly hashes: readonly Uint8Array[];
  readonly checkpoint: string;
}

const mostHashes = 63;

/** Reads a `.tlog-proof` (https://c2sp.org/tlog-proof), or undefined when it is not exactly of that form. */
export function parseInclusionProof(text: string): ProofFile | undefined {
  const [, extra, rest = ''] = /^c2sp\.org\/tlog-proof@v1\n(?:extra ([^\n]*)\n)?([^]*)$/.exec(text) ?? [];
  if (extra !== undefined && fromBase64(extra) === undefined) return undefined;
  return parseRest('index', rest);
}

/** Reads a consistency proof, in the form of https://c2sp.org/tlog-witness, or undefined when it is not of that form. */
export function parseGrowthProof(text: string): ProofFile | undefined {
  return parseRest('old', text);
}

function parseRest(label: string, text: string): ProofFile | undefined {
  const gap = text.indexOf('\n\n');
  if (gap < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, gap).split('\n');
  const number = first.startsWith(`${label} `) ? fromDecimal(first.slice(label.length + 1)) : undefined;
  const hashes = lines.flatMap((line) => fromBase64(line) ?? []);
  if (number === undefined || hashes.length !== lines.length || hashes.length > mostHashes) return undefined;
  if (hashes.some(({ length }) => length !== hashLength)) return undefined;
  return { number, hashes, checkpoint: text.slice(gap + 2) };
}
