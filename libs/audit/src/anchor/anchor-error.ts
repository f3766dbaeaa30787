import { CodedError } from '#kernel';

/** An anchor did not take a checkpoint. */
export class AnchorError extends CodedError {
  constructor(
    override readonly code:
      /** No connection, no trusted certificate, or no answer in time. */
      | 'anchor_unreachable'
      /** It said no, or something that is no answer. */
      | 'anchor_refused'
      /** The directory cannot be written or read. */
      | 'anchor_unwritable'
      /** It knows another history of the log. */
      | 'anchor_conflict'
      /** It knows a larger log than ours. */
      | 'anchor_ahead'
      /** The witness's signature is missing or wrong. */
      | 'anchor_cosignature_invalid',
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }

  /** Whether the anchor's word is that our log lost or changed entries. */
  get contradicts(): boolean {
    return this.code === 'anchor_conflict' || this.code === 'anchor_ahead';
  }
}
