/** Stable codes of {@link TlogError}. */
export type TlogErrorCode =
  /** A value has no canonical form; the message names its path. */
  | 'not_canonical'
  /** The right edge does not belong to a tree of that size. */
  | 'edge_invalid'
  | 'tile_missing'
  /** A tile does not hold 256 hashes. */
  | 'tile_invalid'
  /** An index or size that the tree does not have. */
  | 'range_invalid'
  /** A key of another kind than Ed25519, or a name that a note cannot carry. */
  | 'key_invalid'
  | 'note_malformed'
  /** No line of the note was signed by a known key. */
  | 'note_unverified'
  /** A line names a known key, but the signature is not by it. */
  | 'signature_invalid'
  | 'checkpoint_malformed'
  | 'proof_malformed';

/** Refusal of malformed, unsigned or impossible log data. The message holds no data of the log. */
export class TlogError extends Error {
  override readonly name = 'TlogError';

  constructor(
    readonly code: TlogErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
