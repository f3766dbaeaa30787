import { AuthenticationError } from './authentication-error.ts';

/**
 * Parameters by which a token could bring or point to its own key, change what is signed, or demand an extension.
 * Entra sends none of them in an access token.
 */
const forbidden = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc', 'cty', 'epk'];

const types = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/** What an Entra token's header says once it has been checked: the only thing taken from it is the name of a key. */
export interface TokenHeader {
  readonly kid: string;
}

/**
 * Checks a JWS header; refuses `header_not_allowed`, `alg_not_allowed`, `type_not_allowed` and `kid_missing`. Parameters
 * that are unknown and not critical are ignored, as RFC 7515 §4 wants. `nonce` is one of them: Graph's own tokens carry
 * it and are refused for their audience, which tells their sender more.
 * @see https://www.rfc-editor.org/rfc/rfc8725#section-3.1
 */
export function checkTokenHeader(header: object): TokenHeader {
  if (forbidden.some((name) => Object.hasOwn(header, name))) throw new AuthenticationError('header_not_allowed');
  if (own(header, 'alg') !== 'RS256') throw new AuthenticationError('alg_not_allowed');
  const type = own(header, 'typ');
  if (typeof type !== 'string' || !types.has(type.toLowerCase())) throw new AuthenticationError('type_not_allowed');
  const kid = own(header, 'kid');
  if (typeof kid !== 'string' || kid === '') throw new AuthenticationError('kid_missing');
  return { kid };
}

function own(header: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(header, name)?.value;
}
