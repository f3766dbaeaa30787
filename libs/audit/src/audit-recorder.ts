import type { IntentReceipt, JobRef } from '#kernel';
import type {
  AuditEvent,
  AuditIntent,
  OperationIntent,
  OperationOutcome,
  OwnChange,
  Reconciliation,
  SelfCheckOutcome,
} from './audit-event.ts';
import type { HoldEvent } from './hold-event.ts';
import type { LeaseHolder } from './lease-store.ts';
import type { Recorded } from './pending-append.ts';

/** What became of a record that ends an intent: it is in; another one was there already; the lease is another's now. */
export type Settlement = 'recorded' | 'already_settled' | 'lease_lost';

/** Where events are recorded. What needs an event on record waits for the promise; a rejection means "do not go on". */
export abstract class AuditRecorder {
  /**
   * Resolves when the event is durable. Rejects with AuditUnavailable or EventNotRecordable, and, for work under a lease,
   * with LeaseLost when that is another's in the transaction of the append.
   */
  abstract record(event: AuditEvent, lease?: LeaseHolder): Promise<Recorded>;

  /** Records an intent, like {@link record}, and gives the receipt without which nothing is sent to Graph. */
  abstract recordIntent(intent: AuditIntent, lease?: LeaseHolder): Promise<IntentReceipt>;

  /**
   * Records how an intent ended unless the log holds a terminal record of it, which is looked at in the transaction
   * of the append. So it may be tried again without ever giving an intent two ends. A reconciliation also needs its
   * lease in that transaction. Rejects with AuditUnavailable or EventNotRecordable.
   */
  abstract settle(outcome: OperationOutcome | SelfCheckOutcome): Promise<Settlement>;
  abstract settle(reconciliation: Reconciliation, lease: LeaseHolder): Promise<Settlement>;

  /**
   * Records a change of a hold, or gives undefined when the log holds another change of the job from index `asOf` on:
   * what was judged is outdated then. That is looked at in the transaction of the append.
   */
  abstract recordUnlessChanged(event: HoldEvent, job: JobRef, asOf: number): Promise<Recorded | undefined>;

  /** The same for an intent; a lease is looked at as in {@link record}. */
  abstract recordIntentUnlessChanged(
    intent: OperationIntent | OwnChange,
    job: JobRef,
    asOf: number,
    lease?: LeaseHolder,
  ): Promise<IntentReceipt | undefined>;
}
