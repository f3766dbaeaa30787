import type { Authority, JsonFetcher, SigningKeys } from '#auth';
import type { Clock, TenantId } from '#kernel';
import { z } from 'zod';

const maxAgeMillis = 3_600_000;

const documentSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  end_session_endpoint: z.url(),
  jwks_uri: z.url(),
  id_token_signing_alg_values_supported: z.array(z.string()),
});

/** What a sign-in needs of the tenant's OpenID Connect metadata. */
export type EntraMetadata = z.output<typeof documentSchema>;

/** Reads the metadata of a tenant when it is first needed, and again after an hour. */
export class EntraMetadataReader {
  readonly #fetcher: JsonFetcher;
  readonly #authority: Authority;
  readonly #keys: SigningKeys;
  readonly #tenantId: TenantId;
  readonly #clock: Clock;
  #known: { readonly document: Promise<EntraMetadata>; readonly until: number } | undefined;

  constructor(fetcher: JsonFetcher, authority: Authority, keys: SigningKeys, tenantId: TenantId, clock: Clock) {
    this.#fetcher = fetcher;
    this.#authority = authority;
    this.#keys = keys;
    this.#tenantId = tenantId;
    this.#clock = clock;
  }

  /** Rejects when it cannot be read, or when it names another issuer or a host that is not the authority's. */
  read(): Promise<EntraMetadata> {
    const now = this.#clock.now();
    if (this.#known !== undefined && now < this.#known.until) return this.#known.document;
    const known = { document: this.#read(), until: now + maxAgeMillis };
    this.#known = known;
    known.document.catch(() => {
      if (this.#known === known) this.#known = undefined;
    });
    return known.document;
  }

  async #read(): Promise<EntraMetadata> {
    const origin = { tenantId: this.#tenantId, version: '2.0' } as const;
    const document = documentSchema.parse(await this.#fetcher.fetch(this.#authority.metadataUrl(origin)));
    const { issuer } = await this.#keys.of(origin).current();
    if (document.issuer !== issuer) throw new TypeError('the metadata names another issuer');
    const endpoints = [
      document.authorization_endpoint,
      document.token_endpoint,
      document.end_session_endpoint,
      document.jwks_uri,
    ];
    if (!endpoints.every((endpoint) => this.#authority.mayHoldKeys(new URL(endpoint)))) {
      throw new TypeError('an endpoint is not at the authority');
    }
    return document;
  }
}
