import type { AuditRecorder, OperationOutcome, SelfCheckOutcome } from '#audit';
import { type Clock, CodedError } from '#kernel';
import { OutcomeUnrecorded } from './operation-error.ts';

const firstRetryMillis = 250;
const longestRetryMillis = 10_000;

/**
 * Records what Graph answered. When the log cannot take an outcome now, the caller is told so and the record is retried
 * from memory until it is in; if the process dies first, the intent without outcome stays for the reconciler.
 */
export class OutcomeRecorder {
  readonly #audit: AuditRecorder;
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  readonly #retries = new Set<Promise<void>>();

  constructor(audit: AuditRecorder, clock: Clock) {
    this.#audit = audit;
    this.#clock = clock;
  }

  /** Outcomes that wait to be recorded. */
  get unrecorded(): number {
    return this.#retries.size;
  }

  /** Throws {@link OutcomeUnrecorded} when the outcome is not durable yet. */
  async record(outcome: OperationOutcome | SelfCheckOutcome): Promise<void> {
    try {
      await this.#audit.record(outcome);
    } catch (cause) {
      const retry = this.#retry(outcome).finally(() => this.#retries.delete(retry));
      this.#retries.add(retry);
      throw new OutcomeUnrecorded(outcome.parent, { cause });
    }
  }

  /** Tries every waiting outcome once more, then gives up on those that still fail. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#retries);
  }

  async #retry(outcome: OperationOutcome | SelfCheckOutcome): Promise<void> {
    for (let delay = firstRetryMillis; ; delay = Math.min(delay * 2, longestRetryMillis)) {
      await this.#clock.wait(delay, this.#stopping.signal).catch(() => undefined);
      try {
        await this.#audit.record(outcome);
        return;
      } catch (error) {
        const retryable = error instanceof CodedError && error.code === 'audit_unavailable';
        if (!retryable || this.#stopping.signal.aborted) return;
      }
    }
  }
}
