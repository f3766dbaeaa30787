/** Stable reasons. `column:<name>` stands for a derived column that differs from its entry. */
export type ProblemCode =
  // Entries.
  | 'body'
  | 'moved'
  | 'forged'
  | 'gap'
  | 'truncated'
  | 'duplicate-index'
  | 'duplicate-event'
  | 'order'
  | 'unsigned-entry'
  | 'leaf-malformed'
  | 'leaf-origin'
  | `column:${string}`
  | 'event'
  | 'disclosure'
  // The tree.
  | 'leaf-hash'
  | 'tile'
  | 'tile-missing'
  | 'tile-surplus'
  | 'edge'
  | 'root'
  | 'size'
  | 'trailing-bytes'
  // Checkpoints and proofs.
  | 'checkpoint-malformed'
  | 'checkpoint-missing'
  | 'origin'
  | 'unknown-key'
  | 'key-window'
  | 'signature'
  | 'rollback'
  | 'fork'
  | 'inclusion'
  | 'consistency'
  | 'proof-malformed'
  | 'proof-missing'
  // Exports and bundles.
  | 'line-malformed'
  | 'count'
  | 'footer'
  | 'footer-missing'
  | 'file-hash'
  | 'file-missing'
  | 'file-unlisted'
  | 'file-duplicate'
  | 'manifest'
  | 'policy'
  | 'trust';

/** What is not there, in contrast to what is there and wrong. */
const missing: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'gap',
  'truncated',
  'tile-missing',
  'checkpoint-missing',
  'proof-missing',
  'footer-missing',
  'file-missing',
]);

/** One thing that does not fit. */
export interface Problem {
  readonly code: ProblemCode;
  /** The first entry it is about. */
  readonly index?: number;
  /** The last entry it is about, when there are several. */
  readonly to?: number;
  /** For a human; holds no content of entries. */
  readonly detail: string;
}

export function stateOf({ code }: Problem): 'MISSING' | 'MISMATCH' {
  return missing.has(code) ? 'MISSING' : 'MISMATCH';
}
