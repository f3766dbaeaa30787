import {
  type AuditEvent,
  type AuditIntent,
  AuditRecorder,
  AuditUnavailable,
  type HoldEvent,
  type OperationOutcome,
  type Recorded,
  type Reconciliation,
  type SelfCheckOutcome,
  type Settlement,
} from '#audit';
import { type EventId, type IntentReceipt, issueIntentReceipt } from '#kernel';

/** An audit log that keeps events in memory, in order, and can be told to be away. */
export class MemoryRecorder extends AuditRecorder {
  readonly events: (AuditEvent | Reconciliation | HoldEvent)[] = [];
  /** While it returns true for an event, that event cannot be recorded. */
  away: (event: AuditEvent | Reconciliation | HoldEvent) => boolean = () => false;

  override record(event: AuditEvent | HoldEvent): Promise<{ readonly eventId: EventId; readonly index: number }> {
    if (this.away(event)) return Promise.reject(new AuditUnavailable('The log is away'));
    const index = this.events.push(event) - 1;
    return Promise.resolve({ eventId: `event-${index}` as EventId, index });
  }

  override async recordIntent(intent: AuditIntent): Promise<IntentReceipt> {
    const { eventId, index } = await this.record(intent);
    return issueIntentReceipt(eventId, index);
  }

  override settle(event: OperationOutcome | Reconciliation | SelfCheckOutcome): Promise<Settlement> {
    if (this.away(event)) return Promise.reject(new AuditUnavailable('The log is away'));
    const settled = this.events.some(
      (other) =>
        'parent' in other &&
        other.parent === event.parent &&
        ('verdict' in other || ('outcome' in other && other.outcome !== 'unknown')),
    );
    if (!settled) this.events.push(event);
    return Promise.resolve(settled ? 'already_settled' : 'recorded');
  }

  override recordUnlessChanged(event: HoldEvent): Promise<Recorded> {
    return this.record(event);
  }

  override recordIntentUnlessChanged(intent: AuditIntent): Promise<IntentReceipt> {
    return this.recordIntent(intent);
  }

  /** Types of the events, for short expectations. */
  get types(): readonly string[] {
    return this.events.map(({ type }) => type);
  }
}
