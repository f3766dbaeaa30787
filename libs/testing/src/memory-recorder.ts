import { type AuditEvent, AuditRecorder, AuditUnavailable, type OperationIntent, type SelfCheckIntent } from '#audit';
import { type EventId, type IntentReceipt, issueIntentReceipt } from '#kernel';

/** An audit log that keeps events in memory, in order, and can be told to be away. */
export class MemoryRecorder extends AuditRecorder {
  readonly events: AuditEvent[] = [];
  /** While it returns true for an event, that event cannot be recorded. */
  away: (event: AuditEvent) => boolean = () => false;

  override record(event: AuditEvent): Promise<{ readonly eventId: EventId; readonly index: number }> {
    if (this.away(event)) return Promise.reject(new AuditUnavailable('The log is away'));
    const index = this.events.push(event) - 1;
    return Promise.resolve({ eventId: `event-${index}` as EventId, index });
  }

  override async recordIntent(intent: OperationIntent | SelfCheckIntent): Promise<IntentReceipt> {
    const { eventId, index } = await this.record(intent);
    return issueIntentReceipt(eventId, index);
  }

  /** Types of the events, for short expectations. */
  get types(): readonly string[] {
    return this.events.map(({ type }) => type);
  }
}
