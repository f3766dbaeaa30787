import type { IntentReceipt } from '#kernel';
import type { AuditEvent, OperationIntent, SelfCheckIntent } from './audit-event.ts';
import type { Recorded } from './pending-append.ts';

/** Where events are recorded. What needs an event on record waits for the promise; a rejection means "do not go on". */
export abstract class AuditRecorder {
  /** Resolves when the event is durable. Rejects with AuditUnavailable or EventNotRecordable. */
  abstract record(event: AuditEvent): Promise<Recorded>;

  /** Records an intent and gives the receipt without which nothing is sent to Graph. */
  abstract recordIntent(intent: OperationIntent | SelfCheckIntent): Promise<IntentReceipt>;
}
