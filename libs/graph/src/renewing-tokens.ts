import type { Clock, EpochMillis } from '#kernel';
import type { AccessToken } from './access-token.ts';
import { CredentialUnavailable } from './credential-unavailable.ts';
import { GraphTokens, type TokenSource } from './graph-tokens.ts';

/**
 * After a failure with no usable token, callers share that failure for this long: Entra punishes request loops. With the
 * pauses between the repeats of one exchange it stays below the second within which callers are to be served again.
 */
const coolDownMillis = 500;
/** Between two tries to renew ahead of expiry. */
const renewalPauseMillis = 30_000;
/** Between two renewals that a 401 asked for. */
const rejectionPauseMillis = 10_000;

/** What happened to our credential: for the log, metrics and readiness. */
export type TokenEvent =
  | { readonly kind: 'renewed'; readonly expiresAt: EpochMillis }
  | { readonly kind: 'failed'; readonly error: CredentialUnavailable; readonly usableUntil?: EpochMillis };

/**
 * Keeps one token and renews it ahead of expiry while the old one goes on serving, so that an outage of Entra is felt
 * only when it outlasts the token. Any number of waiters share one fetch. An expired token is never handed out.
 */
export class RenewingTokens extends GraphTokens {
  readonly #source: TokenSource;
  readonly #clock: Clock;
  readonly #report: (event: TokenEvent) => void;
  #current: AccessToken | undefined;
  #fetching: Promise<AccessToken> | undefined;
  #failure: { readonly error: CredentialUnavailable; readonly until: number } | undefined;
  #renewNotBefore = 0;
  #rejectionNotBefore = 0;

  constructor(source: TokenSource, clock: Clock, report: (event: TokenEvent) => void = () => undefined) {
    super();
    this.#source = source;
    this.#clock = clock;
    this.#report = report;
  }

  override async token(): Promise<AccessToken> {
    return this.atHand() ?? this.#fetchCold(this.#clock.now());
  }

  override atHand(): AccessToken | undefined {
    const now = this.#clock.now();
    const current = this.#usable(now);
    if (current !== undefined && now >= current.renewAt && now >= this.#renewNotBefore) {
      this.#renewNotBefore = now + renewalPauseMillis;
      this.#fetch().catch(() => undefined);
    }
    return current;
  }

  override renew(rejected: AccessToken): Promise<AccessToken> {
    const now = this.#clock.now();
    const current = this.#usable(now);
    if (current === undefined) return this.#fetchCold(now);
    if (current !== rejected) return Promise.resolve(current);
    if (this.#fetching !== undefined) return this.#fetching;
    if (now < this.#rejectionNotBefore) return Promise.resolve(current);
    this.#rejectionNotBefore = now + rejectionPauseMillis;
    return this.#fetch();
  }

  /** Keeps a token at hand until the signal is aborted, so that an urgent pause after a quiet night need not wait. */
  async keepFresh(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.token().catch(() => undefined);
      const due = (this.#current?.renewAt ?? 0) - this.#clock.now();
      await this.#clock.wait(Math.max(due, renewalPauseMillis), signal).catch(() => undefined);
    }
  }

  #usable(now: EpochMillis): AccessToken | undefined {
    return this.#current?.usableAt(now) === true ? this.#current : undefined;
  }

  #fetchCold(now: EpochMillis): Promise<AccessToken> {
    if (this.#failure !== undefined && now < this.#failure.until) return Promise.reject(this.#failure.error);
    return this.#fetch();
  }

  #fetch(): Promise<AccessToken> {
    this.#fetching ??= this.#fetchOnce().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetchOnce(): Promise<AccessToken> {
    try {
      const token = await this.#source.fetch();
      if (!token.usableAt(this.#clock.now())) throw new CredentialUnavailable('The new token has expired already.');
      // The identity of the object tells a caller whether there is anything new to try.
      const current = this.#current?.sameAs(token) === true ? this.#current : token;
      this.#current = current;
      this.#failure = undefined;
      this.#report({ kind: 'renewed', expiresAt: current.expiresAt });
      return current;
    } catch (caught) {
      const error = caught instanceof CredentialUnavailable ? caught : CredentialUnavailable.from(caught);
      const now = this.#clock.now();
      const usable = this.#usable(now);
      this.#failure = { error, until: now + coolDownMillis };
      this.#report({ kind: 'failed', error, ...(usable && { usableUntil: usable.expiresAt }) });
      throw error;
    }
  }
}
