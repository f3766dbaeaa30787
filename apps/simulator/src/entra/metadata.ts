import { cloudsSharingAuthority, issuerOf } from '../clouds.ts';
import type { Exchange } from '../http/exchange.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { PublishedKey } from '../keys/signing-key.ts';

/** Placeholder of the tenant in the documents of `common`. */
export const tenantTemplate = '{tenantid}';

/**
 * The OIDC discovery document. The issuer is the cloud's real one; endpoints are where the client came in.
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
export function openIdConfiguration(exchange: Exchange, tenant: string, version: 1 | 2): Record<string, unknown> {
  const { cloud } = exchange.site;
  const base = `${exchange.origin}/${tenant === tenantTemplate ? 'common' : tenant}`;
  const oauth = version === 1 ? `${base}/oauth2` : `${base}/oauth2/v2.0`;
  return {
    token_endpoint: `${oauth}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: version === 1 ? `${base}/discovery/keys` : `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuerOf(cloud, tenant, version),
    request_uri_parameter_supported: false,
    authorization_endpoint: `${oauth}/authorize`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${oauth}/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver'],
    tenant_region_scope: tenant === tenantTemplate ? null : 'EU',
    cloud_instance_name: cloud.instanceName,
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: cloud.graphHost,
  };
}

/** The published keys (RFC 7517 §5). Only v2.0 documents name the issuer of each key. */
export function keySet(exchange: Exchange, tenant: string, version: 1 | 2, rings: readonly KeyRing[]) {
  const issuer = issuerOf(exchange.site.cloud, tenant, 2);
  const keys: PublishedKey[] = rings.flatMap((ring) =>
    ring.published().map(({ published }) => (version === 2 ? { ...published, issuer } : published)),
  );
  return { keys };
}

/** What MSAL reads to learn which authority hosts are aliases of each other. */
export function instanceDiscovery(exchange: Exchange, tenant: string): Record<string, unknown> {
  const { cloud } = exchange.site;
  const aliases = new Set(
    cloudsSharingAuthority(cloud).flatMap(({ loginHost, loginAliases }) => [loginHost, ...loginAliases]),
  );
  return {
    tenant_discovery_endpoint: `${exchange.origin}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [
      { preferred_network: cloud.loginHost, preferred_cache: cloud.loginHost, aliases: [...aliases] },
      { preferred_network: exchange.host, preferred_cache: exchange.host, aliases: [exchange.host] },
    ],
  };
}
