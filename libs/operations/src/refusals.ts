import type { AuditRecorder, RequestFacts, Resource } from '#audit';
import type { Action, Caller, Clock, EpochMillis, Justification } from '#kernel';
import { refusedDecision } from './operation-error.ts';

/** A request that the edge refused before the policy was asked. */
export interface Refusal {
  readonly request: RequestFacts;
  /** Absent when the caller could not be authenticated. */
  readonly caller?: Caller;
  readonly action?: Action;
  readonly resource?: Resource;
  readonly justification?: Justification;
  /** Stable code of the reason, such as `token_expired` or `id_malformed`. */
  readonly code: string;
  /** HTTP status of the reply. */
  readonly status: number;
}

export interface RefusalLimits {
  /** How many refusals of unknown callers are recorded one by one at once. */
  readonly burst: number;
  /** How many more per second. */
  readonly perSecond: number;
  /** How long the others are counted before the count is recorded, in milliseconds. */
  readonly summaryMillis: number;
}

const defaultLimits: RefusalLimits = { burst: 100, perSecond: 10, summaryMillis: 10_000 };

/**
 * Records requests that never reached the policy. Those of known callers are recorded one by one. Anybody can send
 * requests without a valid token, so these are recorded one by one only up to a rate and counted beyond it: a flood
 * can neither fill the log nor hide in it.
 */
export class Refusals {
  readonly #audit: AuditRecorder;
  readonly #clock: Clock;
  readonly #limits: RefusalLimits;
  readonly #stopping = new AbortController();
  #tokens: number;
  #refilledAt: EpochMillis;
  #counts: Map<string, number> | undefined;
  #countingSince: EpochMillis;
  #summary: Promise<void> = Promise.resolve();

  constructor(audit: AuditRecorder, clock: Clock, limits: RefusalLimits = defaultLimits) {
    this.#audit = audit;
    this.#clock = clock;
    this.#limits = limits;
    this.#tokens = limits.burst;
    this.#refilledAt = clock.now();
    this.#countingSince = this.#refilledAt;
  }

  /** Resolves when the refusal is durable, or counted for the next summary. */
  async record(refusal: Refusal): Promise<void> {
    const { code, ...rest } = refusal;
    if (refusal.caller === undefined && !this.#takeToken()) {
      this.#count(code);
      return;
    }
    await this.#audit.record({ type: 'request.denied', ...rest, decision: refusedDecision(code) });
  }

  /** Records what is counted so far. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#summary;
  }

  #takeToken(): boolean {
    const now = this.#clock.now();
    const refill = ((now - this.#refilledAt) / 1000) * this.#limits.perSecond;
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + Math.max(0, refill));
    this.#refilledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  #count(code: string, times = 1): void {
    if (this.#counts === undefined) {
      this.#counts = new Map();
      this.#countingSince = this.#clock.now();
      this.#summary = this.#summarize();
    }
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + times);
  }

  async #summarize(): Promise<void> {
    await this.#clock.wait(this.#limits.summaryMillis, this.#stopping.signal).catch(() => undefined);
    const counts = Object.fromEntries(this.#counts ?? []);
    const from = this.#countingSince;
    this.#counts = undefined;
    try {
      await this.#audit.record({ type: 'requests.refused', from, to: this.#clock.now(), counts });
    } catch {
      if (this.#stopping.signal.aborted) return;
      // Kept for the next summary: a count that could not be recorded must not be lost while the log is away.
      for (const [code, count] of Object.entries(counts)) this.#count(code, count);
    }
  }
}
