import type { Cosignature } from '#tlog';
import type { AnchorId, AnchorKind } from './anchor-event.ts';

/** A checkpoint that is handed to anchors. */
export interface Submission {
  readonly origin: string;
  readonly size: number;
  /** Signed note. */
  readonly checkpoint: string;
  /** Proof that it extends the log of `oldSize`, as the request of a witness. */
  growthFrom(oldSize: number): Promise<string>;
}

/** Somebody or something that keeps checkpoints where whoever holds the database cannot reach them. */
export abstract class Anchor implements AnchorId {
  abstract readonly name: string;
  abstract readonly kind: AnchorKind;

  /**
   * Hands over a checkpoint; gives the cosignatures that came back, verified. Rejects with {@link AnchorError}. Doing it
   * again does no harm. `lastSize` is the largest size that the anchor took, as far as we know; 0 when it took none.
   */
  abstract push(submission: Submission, lastSize: number): Promise<readonly Cosignature[]>;
}
