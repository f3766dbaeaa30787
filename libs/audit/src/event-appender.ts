import type { Clock, EpochMillis, EventId } from '#kernel';
import { AppendDeadlines } from './append-deadlines.ts';
import { AuditUnavailable, EventNotRecordable } from './audit-error.ts';
import type { AuditEvent } from './audit-event.ts';
import { encodeEvent, type LogWriterIdentity } from './encode-event.ts';
import type { LoggedEvent } from './event-code.ts';
import { newEventId } from './event-id.ts';
import { GroupCommit } from './group-commit.ts';
import { type AppendCondition, ConditionFailed, type NewEntry, SubjectErased } from './log-store.ts';
import type { LogWriter } from './log-writer.ts';
import { PendingAppend, type Recorded } from './pending-append.ts';
import type { KnownSubjects } from './privacy/known-subjects.ts';
import { type SubjectName, subjectOf } from './privacy/subject-name.ts';
import type { RandomBytes } from './random-bytes.ts';

/** Bounds the memory that a store that has become slow can cost. */
const maxPending = 8_192;

export interface EventAppenderParts {
  readonly clock: Clock;
  readonly identity: LogWriterIdentity;
  /** Without them an event with personal fields is not recordable. */
  readonly subjects: KnownSubjects | undefined;
  readonly random: RandomBytes;
  readonly timeoutMs: number;
  readonly writer: LogWriter;
  /** Hears of each commit of a batch that came about: its entries, and how long it took. */
  readonly onCommit?: ((entries: number, millis: number) => void) | undefined;
}

interface SealedAppend {
  readonly append: PendingAppend;
  readonly entry: NewEntry;
}

/** Takes events, encodes them and hands them to the writer in batches; each event learns what became of it. */
export class EventAppender {
  readonly #parts: EventAppenderParts;
  readonly #deadlines: AppendDeadlines;
  readonly #appends = new GroupCommit<PendingAppend>((batch) => this.#commit(batch));
  readonly #alone = new Set<Promise<unknown>>();
  #closed = false;

  constructor(parts: EventAppenderParts) {
    this.#parts = parts;
    this.#deadlines = new AppendDeadlines(parts.clock, parts.timeoutMs);
  }

  get closed(): boolean {
    return this.#closed;
  }

  append(event: AuditEvent): Promise<Recorded> {
    if (this.#closed) return Promise.reject(new AuditUnavailable('The audit log is closed'));
    if (this.#deadlines.pending.size >= maxPending) {
      return Promise.reject(new AuditUnavailable('Too many events wait to be recorded'));
    }
    const now = this.#parts.clock.now();
    const append = new PendingAppend(event, this.#idOf(event, now), now);
    this.#deadlines.add(append);
    this.#push(append);
    return append.promise;
  }

  /**
   * Appends one event in a transaction of its own, or gives the reason why the condition does not hold there: such a
   * condition must not take other events with it. Not subject to the time-out of {@link append}.
   */
  async appendIf(event: LoggedEvent, condition: AppendCondition): Promise<Recorded | ConditionFailed['reason']> {
    if (this.#closed) throw new AuditUnavailable('The audit log is closed');
    const appending = this.#appendAlone(event, condition);
    this.#alone.add(appending);
    try {
      return await appending;
    } finally {
      this.#alone.delete(appending);
    }
  }

  /** Takes no more events and waits for those under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#deadlines.pending].map(({ promise }) => promise));
    await Promise.allSettled(this.#alone);
    await this.#appends.idle();
    this.#deadlines.stop();
  }

  async #appendAlone(event: LoggedEvent, condition: AppendCondition): Promise<Recorded | ConditionFailed['reason']> {
    const { clock, identity, random, writer, subjects } = this.#parts;
    const now = clock.now();
    const eventId = this.#idOf(event, now);
    try {
      const name = subjectOf(event, now);
      const subject = name && (subjects?.known(name) ?? (await subjects?.of(name)));
      const stamped = { event, id: eventId, received: now, recorded: now, subject };
      const index = await writer.commit([encodeEvent(stamped, identity, random)], condition);
      return { eventId, index };
    } catch (cause) {
      if (cause instanceof ConditionFailed) return cause.reason;
      if (cause instanceof SubjectErased) {
        subjects?.forget();
        return this.#appendAlone(event, condition);
      }
      if (cause instanceof EventNotRecordable) throw cause;
      throw new AuditUnavailable('The audit log did not record the event', { cause });
    }
  }

  /** A bulk operation is kept under the id of its event, so it has that before. */
  #idOf(event: LoggedEvent, now: EpochMillis): EventId {
    return event.type === 'bulk.started' ? event.id : newEventId(now, this.#parts.random);
  }

  #push(append: PendingAppend): void {
    const { subjects } = this.#parts;
    const name = subjectOf(append.event, append.received);
    append.subject = name && subjects?.known(name);
    if (subjects === undefined || name === undefined || append.subject !== undefined) this.#appends.push(append);
    else void this.#pushUnknown(append, subjects, name);
  }

  async #pushUnknown(append: PendingAppend, subjects: KnownSubjects, name: SubjectName): Promise<void> {
    try {
      append.subject = await subjects.of(name);
    } catch (cause) {
      this.#fail(append, new AuditUnavailable('The pseudonym of the caller cannot be read', { cause }));
      return;
    }
    this.#appends.push(append);
  }

  async #commit(batch: readonly PendingAppend[]): Promise<void> {
    const sealed = this.#seal(batch);
    if (sealed.length === 0) return;
    const { clock, onCommit } = this.#parts;
    const began = clock.ticks();
    try {
      const first = await this.#parts.writer.commit(sealed.map(({ entry }) => entry));
      onCommit?.(sealed.length, clock.ticks() - began);
      for (const [offset, { append }] of sealed.entries()) {
        this.#deadlines.delete(append);
        append.committed(first + offset);
      }
    } catch (cause) {
      if (cause instanceof SubjectErased) {
        // Whoever was erased meanwhile gets a new pseudonym and key; nothing may go on under the old ones.
        this.#parts.subjects?.forget();
        for (const { append } of sealed) this.#push(append);
        return;
      }
      for (const { append } of sealed) {
        this.#fail(append, new AuditUnavailable('The audit log did not record the event', { cause }));
      }
    }
  }

  /** Encodes those of a batch that have not settled. An event that cannot be encoded fails alone. */
  #seal(batch: readonly PendingAppend[]): readonly SealedAppend[] {
    const { clock, identity, random } = this.#parts;
    const recorded = clock.now();
    const sealed: SealedAppend[] = [];
    for (const append of batch) {
      const { event, id, subject, received, settled } = append;
      if (settled) continue;
      try {
        const stamped = { event, id, received, recorded, subject };
        sealed.push({ append, entry: encodeEvent(stamped, identity, random) });
      } catch (cause) {
        this.#fail(append, new EventNotRecordable('The event has no form that the log accepts', { cause }));
      }
    }
    return sealed;
  }

  #fail(append: PendingAppend, error: Error): void {
    this.#deadlines.delete(append);
    append.failed(error);
  }
}
