import type { JudgedRequest, RequestFacts } from '#audit';
import { type Caller, callerKey, type EventId, type Quota, type RateLimit, type RateLimiter } from '#kernel';
import type { Allow } from '#policy';
import { OperationError } from './operation-error.ts';
import type { Refusals } from './refusals.ts';

/** A limit that a request was counted against. */
export interface CountedLimit {
  /** Under which callers see it: `caller`, or `rule:` and the id of the rule. */
  readonly name: string;
  readonly limit: RateLimit;
  readonly quota: Quota;
}

/** Hears of each limit that a request is counted against, within it or not. */
export type TellLimit = (counted: CountedLimit) => void;

/** The caller has asked too often. Nothing was sent. */
export class RateLimited extends OperationError {
  override readonly code = 'rate_limited';

  /** @param eventId absent when the refusal was only counted. */
  constructor(
    readonly counted: CountedLimit,
    override readonly eventId: EventId | undefined,
  ) {
    super(`You have used up your ${wordsOf(counted)}. Nothing was sent; ask again as Retry-After says.`);
  }
}

export interface RateLimitsPorts {
  readonly limiter: RateLimiter;
  readonly refusals: Refusals;
  /** Of all requests of one caller; absent: none. */
  readonly perCaller?: RateLimit;
}

/** Holds callers to the limits of the installation and of the rules that allow what they ask. */
export class RateLimits {
  readonly #ports: RateLimitsPorts;

  constructor(ports: RateLimitsPorts) {
    this.#ports = ports;
  }

  /**
   * Counts a request of the caller, whatever it is about; rejects with {@link RateLimited}. Undefined where callers have
   * no limit.
   */
  countRequest(caller: Caller, request: RequestFacts, tell: TellLimit): Promise<void> | undefined {
    const { perCaller } = this.#ports;
    return perCaller && this.#countRequest(perCaller, caller, request, tell);
  }

  async #countRequest(perCaller: RateLimit, caller: Caller, request: RequestFacts, tell: TellLimit): Promise<void> {
    const counted = await this.#count('caller', caller, perCaller, tell);
    if (counted.quota.within) return;
    const refusal = { request, caller, code: 'rate_limited', status: 429 };
    throw new RateLimited(counted, await this.#ports.refusals.record(refusal));
  }

  /** Counts what the rule has allowed; throws {@link RateLimited}. */
  async countAllowed(
    { rule, limit }: Allow,
    judged: JudgedRequest & { readonly caller: Caller },
    tell?: TellLimit,
  ): Promise<void> {
    if (limit === undefined) return;
    const counted = await this.#count(`rule:${rule}`, judged.caller, limit, tell);
    if (counted.quota.within) return;
    throw new RateLimited(counted, await this.#ports.refusals.record({ ...judged, code: 'rate_limited', status: 429 }));
  }

  async #count(name: string, caller: Caller, limit: RateLimit, tell?: TellLimit): Promise<CountedLimit> {
    const counted = { name, limit, quota: await this.#ports.limiter.take(`${name} ${callerKey(caller)}`, limit) };
    tell?.(counted);
    return counted;
  }
}

function wordsOf({ name, limit: { requests, perMillis } }: CountedLimit): string {
  const whose = name === 'caller' ? '' : ` under rule "${name.slice('rule:'.length)}"`;
  return `${requests} requests in ${perMillis / 1_000} s${whose}`;
}
