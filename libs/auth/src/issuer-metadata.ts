import { z } from 'zod';
import type { Authority } from './authority.ts';
import type { TokenOrigin } from './token-origin.ts';

/** What is taken from an OpenID Connect metadata document. */
export interface IssuerMetadata {
  readonly issuer: string;
  readonly keysUrl: URL;
}

const documentSchema = z.object({ issuer: z.url(), jwks_uri: z.url() });

/**
 * Reads the metadata of one tenant and version. The issuer must name that tenant in its path: the documents of `common`
 * and `organizations` carry a template there, with which any tenant's tokens would pass. Throws a TypeError or ZodError.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export function readIssuerMetadata(document: unknown, origin: TokenOrigin, authority: Authority): IssuerMetadata {
  const { issuer, jwks_uri } = documentSchema.parse(document);
  const issuerUrl = new URL(issuer);
  if (issuerUrl.protocol !== 'https:' || !issuerUrl.pathname.split('/').includes(origin.tenantId)) {
    throw new TypeError('the issuer is not an https URL of the tenant');
  }
  const keysUrl = new URL(jwks_uri);
  if (!authority.mayHoldKeys(keysUrl)) throw new TypeError('jwks_uri is not at the authority');
  return { issuer, keysUrl };
}
