import type { AuditLog, HoldEvent, RecordedEnding } from '#audit';
import { type EpochMillis, type EventId, type JobRef, parseJobRef } from '#kernel';
import { someApplication, someRequest } from './some-request.ts';

let jobs = 0;
const newJob = (): JobRef => parseJobRef('d0000000-0000-4000-8000-000000000001', `job-${++jobs}`);

/** What happens to a job, as the log records it. */
export class HoldStory {
  readonly #audit: AuditLog;
  readonly holds: EventId[] = [];
  readonly starts: EventId[] = [];

  constructor(
    { audit }: { readonly audit: AuditLog },
    readonly job = newJob(),
  ) {
    this.#audit = audit;
  }

  async pause({ by = 1, until }: { readonly by?: number; readonly until?: number } = {}): Promise<EventId> {
    const { eventId } = await this.#audit.record({
      type: 'pause.intent',
      request: someRequest({ receivedAt: 1_000 as EpochMillis }),
      caller: someApplication(by),
      action: 'pause',
      resource: this.job,
      justification: { ticket: 'CHG1', ...(until !== undefined && { until: until as EpochMillis }) },
      decision: { effect: 'allow', trace: [] },
      before: { scheduleState: 'Active', statusCode: 'Active', readAt: 0 as EpochMillis },
    });
    this.holds.push(eventId);
    return eventId;
  }

  async held(options: { readonly by?: number; readonly until?: number } = {}): Promise<EventId> {
    const hold = await this.pause(options);
    await this.outcome('pause', hold, 'success');
    return hold;
  }

  async start(...ends: readonly EventId[]): Promise<EventId> {
    const { eventId } = await this.#audit.record({
      type: 'start.intent',
      action: 'start',
      resource: this.job,
      parent: ends[0] ?? ('none' as EventId),
      before: { scheduleState: 'Paused', statusCode: 'Paused', readAt: 0 as EpochMillis },
      ends,
    });
    this.starts.push(eventId);
    return eventId;
  }

  outcome(operation: 'pause' | 'start', parent: EventId, outcome: 'success' | 'failure' | 'unknown') {
    const reason = outcome === 'success' ? {} : { reason: 'because' };
    return this.#audit.record({ type: `${operation}.outcome`, parent, resource: this.job, outcome, ...reason });
  }

  reconcile(operation: 'pause' | 'start', parent: EventId, verdict: 'applied' | 'not_applied' | 'inconclusive') {
    const type = `${operation}.reconciled` as const;
    return this.#audit.settle({ type, parent, resource: this.job, verdict, reason: 'read', reads: [] });
  }

  end(parent: EventId, ending: RecordedEnding = { kind: 'released', reason: 'released' }) {
    return this.#happens({ type: 'hold.ended', parent, resource: this.job, ending });
  }

  confirm(parent: EventId) {
    return this.#happens({ type: 'hold.confirmed', parent, resource: this.job });
  }

  /** Whatever happened before. */
  #happens(event: HoldEvent) {
    return this.#audit.recordUnlessChanged(event, this.job, Number.MAX_SAFE_INTEGER);
  }
}
