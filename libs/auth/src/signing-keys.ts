import type { Clock, TenantId } from '#kernel';
import { Authority } from './authority.ts';
import { IssuerKeys, type KeyFreshness, type KeySet } from './issuer-keys.ts';
import { readIssuerMetadata } from './issuer-metadata.ts';
import type { JsonFetcher } from './json-fetcher.ts';
import { readSigningKeys } from './signing-key.ts';
import { personalTenant, type TokenOrigin, tokenVersions } from './token-origin.ts';

/** Whose tokens are accepted. */
export interface TrustedIssuers {
  /** https origin of the token service of our cloud, such as `https://login.microsoftonline.com`. */
  readonly authority: string;
  /** At least one; never the tenant of personal accounts. */
  readonly tenants: readonly TenantId[];
}

const refreshEveryMs = 3_600_000;
const retryAfterFailureMs = 300_000;

/**
 * Issuers and signing keys of every tenant whose tokens are accepted, for both token versions. There is no fallback: a
 * tenant whose metadata or keys cannot be had has no callers.
 */
export class SigningKeys {
  readonly tenants: ReadonlySet<TenantId>;
  readonly #issuers = new Map<string, { readonly origin: TokenOrigin; readonly keys: IssuerKeys }>();
  readonly #fetcher: JsonFetcher;
  readonly #authority: Authority;
  readonly #clock: Clock;

  /** Throws a TypeError when no tenant or the tenant of personal accounts is given, or the authority is not https. */
  constructor({ authority, tenants }: TrustedIssuers, fetcher: JsonFetcher, clock: Clock) {
    if (tenants.length === 0) throw new TypeError('At least one tenant must be accepted.');
    if (tenants.includes(personalTenant)) throw new TypeError('Personal accounts cannot be accepted.');
    this.tenants = new Set(tenants);
    this.#authority = new Authority(authority);
    this.#fetcher = fetcher;
    this.#clock = clock;
    for (const tenantId of this.tenants) {
      for (const version of tokenVersions) {
        const origin = { tenantId, version };
        const keys = new IssuerKeys((previous) => this.#load(origin, previous), clock);
        this.#issuers.set(keyOf(origin), { origin, keys });
      }
    }
  }

  /** Keys of an origin. Throws a TypeError for a tenant that is not accepted. */
  of(origin: TokenOrigin): IssuerKeys {
    const issuer = this.#issuers.get(keyOf(origin));
    if (issuer === undefined) throw new TypeError('no keys are kept for this tenant');
    return issuer.keys;
  }

  /** How fresh the keys of each origin are. */
  freshness(): readonly (TokenOrigin & KeyFreshness)[] {
    return [...this.#issuers.values()].map(({ origin, keys }) => ({ ...origin, ...keys.freshness }));
  }

  /** Reads all keys now. Never rejects: what failed stands in {@link freshness}. */
  async refresh(): Promise<void> {
    await Promise.all([...this.#issuers.values()].map(({ keys }) => keys.refresh()));
  }

  /**
   * Reads all keys now and then hourly (5 minutes after a failure) until `signal` aborts; then resolves. Entra announces
   * no rollover, so a withdrawn key is noticed only by asking.
   */
  async keepFresh(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.refresh();
      const failed = this.freshness().some(({ failure }) => failure !== undefined);
      // The only way for a wait to reject is the signal, which ends the loop.
      await this.#clock.wait(failed ? retryAfterFailureMs : refreshEveryMs, signal).catch(() => undefined);
    }
  }

  async #load(origin: TokenOrigin, previous: KeySet | undefined): Promise<KeySet> {
    const document = await this.#fetcher.fetch(this.#authority.metadataUrl(origin));
    const { issuer, keysUrl } = readIssuerMetadata(document, origin, this.#authority);
    const keys = await readSigningKeys(await this.#fetcher.fetch(keysUrl), origin.tenantId, previous?.keys);
    return { issuer, keys };
  }
}

function keyOf({ tenantId, version }: TokenOrigin): string {
  return `${tenantId}/${version}`;
}
