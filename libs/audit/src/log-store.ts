import type { EventId, JobRef } from '#kernel';
import type { ClaimHolder } from './claim-store.ts';
import type { Leaf } from './leaf.ts';
import type { LeaseHolder } from './lease-store.ts';
import type { WrappedKey } from './privacy/disclosure-key.ts';
import type { Disclosure, SealedField } from './privacy/sealed-field.ts';
import type { SubjectName } from './privacy/subject-name.ts';

/** Names one log in a store, as in its origin line. */
export type LogOrigin = string;

/** The committed end of a log. */
export interface LogHead {
  /** Number of entries. */
  readonly size: number;
  /** Right edge: per tree level the hashes (32 bytes each, concatenated) that do not fill a tile yet. */
  readonly edge: readonly Uint8Array[];
  readonly root: Uint8Array;
  /** Signed note of this size and root. */
  readonly checkpoint: string;
}

/** A personal field as it is stored: sealed, or in plain as logs of before field encryption have it. */
export type StoredField = SealedField | Disclosure;

/** A subject as it is stored. */
export interface StoredSubject {
  /** Random pseudonym of 128 bits. */
  readonly ref: string;
  readonly wrapped: WrappedKey;
}

/** Copies of leaf fields for queries. Never hashed; the verifier compares them with the body. */
export interface LeafColumns {
  readonly type: string;
  readonly time: string;
  readonly parent?: EventId;
  readonly actor?: string;
  readonly application?: string;
  readonly action?: string;
  readonly servicePrincipalId?: string;
  readonly jobId?: string;
  readonly decision?: string;
  readonly outcome?: string;
  readonly rule?: string;
  readonly ticket?: string;
  readonly requestId?: string;
  readonly clientRequestId?: string;
}

export interface NewEntry {
  readonly eventId: EventId;
  /** The exact leaf bytes that are hashed. */
  readonly body: Uint8Array;
  /** What {@link body} encodes, so that a store which derives something from entries need not parse them. */
  readonly leaf: Leaf;
  readonly columns: LeafColumns;
  readonly disclosures: readonly SealedField[];
}

/** A full tile: 256 hashes of one level. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: Uint8Array;
}

/** What one append transaction writes: entries `head.size ..`, the tiles that became full and the new head. */
export interface Integration {
  readonly entries: readonly NewEntry[];
  readonly tiles: readonly FullTile[];
  readonly head: LogHead;
  /** Whether checkpoint and entries are to be found for good, once the log has grown and was pruned. */
  readonly keep?: true;
}

/** What must hold in the transaction of an append, as far as given; otherwise it rejects with {@link ConditionFailed}. */
export interface AppendCondition {
  /** An intent of which the log may hold no terminal record: no reconciliation, and no outcome but `unknown`. */
  readonly unsettled?: EventId;
  /** A job of which the log may hold no pause, start or change of a hold from index `asOf` on. */
  readonly unchanged?: { readonly job: JobRef; readonly asOf: number };
  /** A lease that must still be this holder's. It cannot pass to another before the transaction has ended. */
  readonly lease?: LeaseHolder;
  /** A claim that must still be this holder's. It is tied to the entry. */
  readonly claim?: ClaimHolder;
}

/** What following intents takes of an entry: cheap to read in numbers. */
export interface EntrySummary extends Pick<
  LeafColumns,
  'type' | 'time' | 'parent' | 'outcome' | 'servicePrincipalId' | 'jobId'
> {
  readonly index: number;
  readonly eventId: EventId;
}

export interface StoredEntry {
  readonly index: number;
  readonly eventId: EventId;
  readonly body: Uint8Array;
  readonly columns: LeafColumns;
}

/** An entry that pruning leaves. */
export type KeptEntry = Pick<StoredEntry, 'index' | 'body'>;

/**
 * Keeps the log. Entries and tiles are only ever inserted; the head is the only thing that changes.
 *
 * Duties of an adapter: `append` is one transaction under an exclusive lock of the log's head, durable when it
 * resolves, and nothing of it is visible when it rejects, with one exception: {@link CommitUnknown}.
 */
export abstract class LogStore {
  /**
   * Locks the head, hands it to `integrate` (synchronous; undefined before the first append) and commits what that
   * returns. An error thrown by `integrate` rolls back and is passed on. Returns the committed head. A condition is
   * looked at once the head is locked; {@link ConditionFailed} when it does not hold. {@link SubjectErased} when the
   * data key of a field's subject is gone: no field may be kept that nobody can ever read.
   */
  abstract append(integrate: (head: LogHead | undefined) => Integration, condition?: AppendCondition): Promise<LogHead>;

  abstract head(): Promise<LogHead | undefined>;

  /** Entries with `from <= index < to`, in order. */
  abstract entries(from: number, to: number): Promise<readonly StoredEntry[]>;

  /** The same range without bodies. */
  abstract summaries(from: number, to: number): Promise<readonly EntrySummary[]>;

  /** The entries that were kept for good, in order. */
  abstract keptEntries(): Promise<readonly KeptEntry[]>;

  /** The checkpoint that was kept at that size, with the cosignatures that it got since; undefined when none was. */
  abstract kept(size: number): Promise<string | undefined>;

  /** Index of an event, or undefined when it was not committed. */
  abstract indexOf(eventId: EventId): Promise<number | undefined>;

  abstract disclosures(index: number): Promise<readonly StoredField[]>;

  abstract tile(level: number, index: number): Promise<Uint8Array | undefined>;

  /**
   * Pseudonym and data key of a subject, made together at first sight; the same on every replica. `keyFor` gives the
   * wrapped key for a pseudonym; what it gives may lose against another replica's.
   */
  abstract subject(name: SubjectName, keyFor: (ref: string) => WrappedKey): Promise<StoredSubject>;

  /** The wrapped data key of a pseudonym, or undefined when there is none (any more). */
  abstract dataKey(ref: string): Promise<WrappedKey | undefined>;

  /** Id of the disclosure key that wraps all data keys of this database; the first one that asks sets it. */
  abstract disclosureKeyId(first: string): Promise<string>;

  /** Index of the first entry that is kept: those below were pruned. */
  abstract minIndex(): Promise<number>;
}

/** A field was sealed for a subject whose key has been destroyed. Nothing was kept; ask `subject` anew. */
export class SubjectErased extends Error {
  override readonly name = 'SubjectErased';
}

/** The condition of an append did not hold. Nothing was kept. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';

  constructor(readonly reason: 'already_settled' | 'lease_lost' | 'job_changed' | 'claim_lost') {
    super(`The condition of the append does not hold: ${reason}`);
  }
}

/** The connection broke while a commit was under way: it may or may not have happened. Ask `indexOf` before retrying. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown';
}
