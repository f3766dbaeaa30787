import type { EpochMillis, EventId } from '#kernel';
import type { AuditEvent } from './audit-event.ts';
import type { Subject } from './privacy/sealed-field.ts';

/** Where an event stands in the log. */
export interface Recorded {
  readonly eventId: EventId;
  readonly index: number;
}

/** An event on its way into the log. It settles once; what comes later is ignored. */
export class PendingAppend {
  readonly promise: Promise<Recorded>;
  /** Whom its personal fields are about, once known. */
  subject: Subject | undefined;
  #settled = false;
  readonly #resolve: (recorded: Recorded) => void;
  readonly #reject: (error: Error) => void;

  constructor(
    readonly event: AuditEvent,
    readonly id: EventId,
    readonly received: EpochMillis,
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<Recorded>();
    this.promise = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  get settled(): boolean {
    return this.#settled;
  }

  committed(index: number): void {
    this.#settled = true;
    this.#resolve({ eventId: this.id, index });
  }

  failed(error: Error): void {
    this.#settled = true;
    this.#reject(error);
  }
}
