import { loginHosts } from '#kernel';
import type { TokenOrigin } from './token-origin.ts';

/** Hosts of one cloud; documents of one may point to keys at another. */
const clouds: readonly (readonly string[])[] = Object.values(loginHosts);

/** Base URL of an Entra token service, such as `https://login.microsoftonline.com`. */
export class Authority {
  readonly #origin: string;
  readonly #keyHosts: ReadonlySet<string>;

  /** Throws a TypeError when `url` is not an https origin. */
  constructor(url: string) {
    const parsed = URL.parse(url);
    if (parsed?.protocol !== 'https:' || parsed.href !== `${parsed.origin}/`) {
      throw new TypeError('The authority must be an https origin.');
    }
    this.#origin = parsed.origin;
    this.#keyHosts = new Set([parsed.host, ...(clouds.find((hosts) => hosts.includes(parsed.host)) ?? [])]);
  }

  /** Address of the OpenID Connect metadata of one tenant and version. */
  metadataUrl({ tenantId, version }: TokenOrigin): URL {
    const path = version === '2.0' ? `${tenantId}/v2.0` : tenantId;
    return new URL(`/${path}/.well-known/openid-configuration`, this.#origin);
  }

  /** Whether keys may be read there: by https from the authority's own host or, for Entra, one of the same cloud. */
  mayHoldKeys(url: URL): boolean {
    return url.protocol === 'https:' && this.#keyHosts.has(url.host);
  }
}
