import type { EventId } from '#kernel';

/** Why something was done to the log itself, and who approved it. Personal text: digests in the leaf. */
export interface Sanction {
  readonly reason: string;
  readonly approver: string;
}

/** First and last index of a run of entries. */
export type IndexRun = readonly [from: number, to: number];

/** Where the personal fields of a subject are. */
export interface FieldPlaces {
  /** Number of fields. */
  readonly count: number;
  /** Runs of entries that have them, ascending; the first ones when there are very many. */
  readonly runs: readonly IndexRun[];
  /** How many runs are left out. */
  readonly omitted: number;
}

/** What a legal hold keeps: the personal fields of a subject, or a run of entries with theirs. */
export type HoldTarget =
  | { readonly kind: 'subject'; readonly subject: string }
  | { readonly kind: 'entries'; readonly from: number; readonly to: number };

interface Sanctioned {
  readonly sanction: Sanction;
}

/** The personal fields of a subject are about to be erased. */
export interface ErasureBegun extends Sanctioned {
  readonly type: 'privacy.erasing';
  readonly subject: string;
  readonly places: FieldPlaces;
}

/** They are: the key is destroyed, the fields are deleted. */
export interface ErasureDone extends Sanctioned {
  readonly type: 'privacy.erased';
  readonly parent: EventId;
  readonly subject: string;
  readonly places: FieldPlaces;
}

/** From here on what the target names is neither erased nor pruned. The event's id names the hold. */
export interface HoldPlaced extends Sanctioned {
  readonly type: 'privacy.hold.placed';
  readonly target: HoldTarget;
}

/** A legal hold has ended. */
export interface HoldReleased extends Sanctioned {
  readonly type: 'privacy.hold.released';
  /** The event that placed it. */
  readonly parent: EventId;
}

/** The written rule under which entries are pruned. */
export interface RetentionRule {
  /** Lower-case hex SHA-256 of the policy file's bytes. */
  readonly policySha256: string;
  readonly keepDays: number;
}

/** Entries below an index have been archived and are about to be dropped. */
export interface PruningBegun extends Sanctioned {
  readonly type: 'log.pruning';
  readonly minIndex: number;
  readonly retention: RetentionRule;
}

/** They are dropped; their hashes stay in the tree. */
export interface LogPruned extends Sanctioned {
  readonly type: 'log.pruned';
  readonly parent: EventId;
  /** First entry that is kept. */
  readonly minIndex: number;
  readonly retention: RetentionRule;
}

/** All data keys are wrapped by another disclosure key. */
export interface KeysRewrapped extends Sanctioned {
  readonly type: 'privacy.rewrapped';
  /** Number of data keys. */
  readonly count: number;
}

/** What operators do to the log itself, on the command line. */
export type MaintenanceEvent =
  ErasureBegun | ErasureDone | HoldPlaced | HoldReleased | PruningBegun | LogPruned | KeysRewrapped;
