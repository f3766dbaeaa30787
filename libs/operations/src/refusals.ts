import type { AuditRecorder, RecordedDecision, RequestFacts, Resource } from '#audit';
import type { Action, Caller, Clock, EpochMillis, EventId, Justification } from '#kernel';
import { refusedDecision } from './operation-error.ts';
import { TokenBucket } from './token-bucket.ts';

/** A request that was refused for another reason than the policy's. */
export interface Refusal {
  readonly request: RequestFacts;
  /** Absent when the caller could not be authenticated. */
  readonly caller?: Caller;
  readonly action?: Action;
  readonly resource?: Resource;
  readonly justification?: Justification;
  /** What the policy had said, when it was asked. */
  readonly decision?: RecordedDecision;
  /** Stable code of the reason, such as `token_expired` or `id_malformed`. */
  readonly code: string;
  /** HTTP status of the reply. */
  readonly status: number;
}

export interface RefusalLimits {
  /** How many refusals of one kind, of unknown callers or for how much is asked, are recorded one by one at once. */
  readonly burst: number;
  /** How many more per second. */
  readonly perSecond: number;
  /** How long the others are counted before the count is recorded, in milliseconds. */
  readonly summaryMillis: number;
}

/** Codes of refusals for how much is asked, whatever it is. */
const floods = ['rate_limited', 'overloaded'] as const;

const defaultLimits: RefusalLimits = { burst: 100, perSecond: 10, summaryMillis: 10_000 };

/**
 * Records requests that were refused, but not by the policy. Those of known callers are recorded one by one. Anybody can
 * send requests without a valid token, and a caller any number beyond what is let in, so these are recorded one by
 * one only up to a rate and counted beyond it: a flood can neither fill the log nor hide in it, nor can one kind hide the other.
 */
export class Refusals {
  readonly #audit: AuditRecorder;
  readonly #clock: Clock;
  readonly #limits: RefusalLimits;
  readonly #stopping = new AbortController();
  readonly #ofStrangers: TokenBucket;
  /** Of refusals that callers, known or not, can bring about as often as they like. */
  readonly #ofFloods: ReadonlyMap<string, TokenBucket>;
  #counts: Map<string, number> | undefined;
  #countingSince: EpochMillis;
  #summary: Promise<void> = Promise.resolve();

  constructor(audit: AuditRecorder, clock: Clock, limits: RefusalLimits = defaultLimits) {
    this.#audit = audit;
    this.#clock = clock;
    this.#limits = limits;
    const bucket = (): TokenBucket => new TokenBucket(clock, limits.burst, limits.perSecond);
    this.#ofStrangers = bucket();
    this.#ofFloods = new Map(floods.map((code) => [code, bucket()]));
    this.#countingSince = clock.now();
  }

  /** Resolves when the refusal is durable, with its event, or counted for the next summary. */
  async record(refusal: Refusal): Promise<EventId | undefined> {
    const { code, decision, ...rest } = refusal;
    if (this.#bucketOf(refusal)?.take() === false) {
      this.#count(code);
      return undefined;
    }
    const denied = { ...decision, ...refusedDecision(code), trace: decision?.trace ?? [] };
    try {
      return (await this.#audit.record({ type: 'request.denied', ...rest, decision: denied })).eventId;
    } catch (error) {
      if (code !== 'overloaded') throw error;
      // The log may be what everybody waits for; later it can tell how many there were.
      this.#count(code);
      return undefined;
    }
  }

  /** Records what is counted so far. */
  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#summary;
  }

  #bucketOf({ caller, code }: Refusal): TokenBucket | undefined {
    return this.#ofFloods.get(code) ?? (caller === undefined ? this.#ofStrangers : undefined);
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
