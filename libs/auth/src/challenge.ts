import type { Right } from '#kernel';
import type { AuthenticationError } from './authentication-error.ts';

type Parameters = Readonly<Record<string, string>>;

function bearer(parameters: Parameters, resourceMetadataUrl: string): string {
  const all = Object.entries({ ...parameters, resource_metadata: resourceMetadataUrl });
  return `Bearer ${all.map(([name, value]) => `${name}=${quoted(value)}`).join(', ')}`;
}

/** RFC 9110 quoted-string. The URL is ours, but it must not be able to close its quotes. */
function quoted(value: string): string {
  return `"${value.replace(/[\r\n]/g, '').replace(/["\\]/g, '\\$&')}"`;
}

/**
 * Value of `WWW-Authenticate` for a request that was not authenticated. Without an error attribute when no bearer token
 * was presented (RFC 6750 §3.1); undefined for `keys_unavailable`, where another token would not help.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3
 * @see https://www.rfc-editor.org/rfc/rfc9728#section-5.1
 */
export function challengeOf(error: AuthenticationError, resourceMetadataUrl: string): string | undefined {
  const { code, message } = error;
  if (code === 'keys_unavailable') return undefined;
  if (code === 'token_missing' || code === 'scheme_unsupported') return bearer({}, resourceMetadataUrl);
  return bearer({ error: 'invalid_token', error_description: message }, resourceMetadataUrl);
}

/** Value of `WWW-Authenticate` for a caller whose token does not carry `right` (RFC 6750 §3.1, status 403). */
export function insufficientScopeChallenge(right: Right, resourceMetadataUrl: string): string {
  const parameters = {
    error: 'insufficient_scope',
    error_description: `The token does not carry ${right}.`,
    scope: right,
  };
  return bearer(parameters, resourceMetadataUrl);
}
