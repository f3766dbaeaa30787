import type { Cosignature } from '#tlog';
import type { EpochMillis } from '#kernel';
import type { AnchorId } from './anchor-event.ts';

/** How an anchor stands. */
export interface AnchorState extends AnchorId {
  /** Of the largest checkpoint that it took; 0 when it took none. */
  readonly size: number;
  /** When it took the last one. */
  readonly anchoredAt?: EpochMillis;
  /** Stable code of why the last attempt failed; absent when it succeeded. */
  readonly failure?: string;
}

/** A checkpoint to be kept, with the cosignatures that it got. */
export interface KeptCheckpoint {
  readonly size: number;
  readonly checkpoint: string;
  readonly cosignatures: readonly Cosignature[];
}

/**
 * What is remembered of one log's anchors. None of it is evidence: that is what the anchors themselves hold.
 *
 * Duties of an adapter: each method is one transaction; a kept checkpoint and its cosignatures are never changed.
 */
export abstract class AnchorStore {
  /** All anchors that ever took or refused a checkpoint, by name. */
  abstract states(): Promise<readonly AnchorState[]>;

  /** Saves how an anchor stands, unless a larger checkpoint was saved for it meanwhile. */
  abstract save(state: AnchorState): Promise<void>;

  /** Keeps a checkpoint, and adds cosignatures to one that is kept: the first of each witness. */
  abstract keep(kept: KeptCheckpoint): Promise<void>;

  /** The largest checkpoint that a witness cosigned, with all its cosignatures. */
  abstract witnessed(): Promise<string | undefined>;
}
