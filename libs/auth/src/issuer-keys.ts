import type { Clock, EpochMillis } from '#kernel';
import { AuthenticationError } from './authentication-error.ts';
import type { SigningKey } from './signing-key.ts';

/** The issuer of one origin and the keys it signs with now. */
export interface KeySet {
  readonly issuer: string;
  readonly keys: ReadonlyMap<string, SigningKey>;
}

/** Asks the identity provider for the key set; the last one is given so that unchanged keys stay the same objects. */
export type LoadKeySet = (previous: KeySet | undefined) => Promise<KeySet>;

/** How fresh the keys of an origin are, for readiness and metrics. */
export interface KeyFreshness {
  readonly fetchedAt?: EpochMillis;
  /** Why the last attempt failed; absent when it succeeded or there was none. */
  readonly failure?: unknown;
}

/** How long keys are used when the provider no longer answers: a withdrawn key must not live longer than that. */
const maxAgeMs = 24 * 3_600_000;
/** Between two reads on behalf of a token. Also the longest that someone sending random kids can hide a new key. */
const cooldownMs = 60_000;
const cooldownAfterFailureMs = 15_000;

/**
 * Keys of one origin: read once for many, the last good ones kept while the provider is down, none after 24 hours.
 * Whatever tokens arrive, they cause at most one read per minute (15 seconds after a failed one).
 */
export class IssuerKeys {
  readonly #load: LoadKeySet;
  readonly #clock: Clock;
  #known: (KeySet & { readonly fetchedAt: EpochMillis }) | undefined;
  #failure: unknown;
  #refreshing: Promise<void> | undefined;
  #coolUntil = 0;

  constructor(load: LoadKeySet, clock: Clock) {
    this.#load = load;
    this.#clock = clock;
  }

  /** The key set if there is a usable one; asks nobody. */
  peek(): KeySet | undefined {
    const known = this.#known;
    return known !== undefined && this.#clock.now() - known.fetchedAt < maxAgeMs ? known : undefined;
  }

  /** The key set, read first when there is none. Refuses `keys_unavailable`. */
  async current(): Promise<KeySet> {
    if (this.peek() === undefined) await this.#refreshForToken();
    const known = this.peek();
    if (known === undefined) throw this.#unavailable();
    return known;
  }

  /** The key named `kid`, read anew when it is not known. Refuses `kid_unknown` and `keys_unavailable`. */
  async find(kid: string): Promise<SigningKey> {
    const known = (await this.current()).keys.get(kid);
    if (known !== undefined) return known;
    await this.#refreshForToken();
    const found = this.peek()?.keys.get(kid);
    if (found !== undefined) return found;
    // While the provider does not answer nobody can say whether the key is unknown or merely new.
    throw this.#failure === undefined ? new AuthenticationError('kid_unknown') : this.#unavailable();
  }

  /** Reads the key set now, or joins the read under way. Never rejects: see {@link freshness}. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  get freshness(): KeyFreshness {
    return {
      ...(this.#known === undefined ? {} : { fetchedAt: this.#known.fetchedAt }),
      ...(this.#failure === undefined ? {} : { failure: this.#failure }),
    };
  }

  async #refreshForToken(): Promise<void> {
    if (this.#refreshing !== undefined || this.#clock.now() >= this.#coolUntil) await this.refresh();
  }

  async #refresh(): Promise<void> {
    try {
      const loaded = await this.#load(this.#known);
      this.#known = { ...loaded, fetchedAt: this.#clock.now() };
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
    }
    this.#coolUntil = this.#clock.now() + (this.#failure === undefined ? cooldownMs : cooldownAfterFailureMs);
  }

  #unavailable(): AuthenticationError {
    return new AuthenticationError('keys_unavailable', { cause: this.#failure });
  }
}
