import { type AuditRecorder, type OperationOutcome, type SelfCheckOutcome, timeOfEventId } from '#audit';
import { type Clock, CodedError } from '#kernel';
import { OutcomeUnrecorded } from './operation-error.ts';

const firstRetryMillis = 250;
const longestRetryMillis = 10_000;
/** How long an outcome is tried again. Then the intent is the reconciler's, which finds it open. */
const retryForMillis = 30_000;
/**
 * An outcome of an older intent is recorded only if the intent has no terminal record yet, because a reconciler may
 * have come first. Well below the age from which one takes an orphan; younger ones are spared the question.
 */
const certainlyOursMillis = 60_000;

/**
 * Records what Graph answered. When the log cannot take an outcome now, the caller is told so and the record is retried
 * from memory for a while; if it does not come in, or the process dies first, the intent without outcome stays for the
 * reconciler. Whoever comes first, an intent gets one terminal record: see {@link AuditRecorder.settle}.
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
      const late = this.#clock.now() - timeOfEventId(outcome.parent) > certainlyOursMillis;
      await (late ? this.#audit.settle(outcome) : this.#audit.record(outcome));
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
    const until = this.#clock.now() + retryForMillis;
    for (let delay = firstRetryMillis; ; delay = Math.min(delay * 2, longestRetryMillis)) {
      await this.#clock.wait(delay, this.#stopping.signal).catch(() => undefined);
      try {
        // An attempt that timed out may have been committed after all.
        await this.#audit.settle(outcome);
        return;
      } catch (error) {
        const retryable = error instanceof CodedError && error.code === 'audit_unavailable';
        if (!retryable || this.#stopping.signal.aborted || this.#clock.now() >= until) return;
      }
    }
  }
}
