import { AuthenticationError } from './authentication-error.ts';

const maxTokenLength = 16 * 1024;
const longestScheme = 'Bearer '.length;

/**
 * The token of an `Authorization` header. Refuses `token_missing`, `scheme_unsupported`, `token_too_large` (16 KiB) and
 * `token_malformed`. The token's own form is not checked here.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function readBearerToken(authorizationHeader: string | undefined): string {
  if (authorizationHeader === undefined || authorizationHeader === '') throw new AuthenticationError('token_missing');
  if (!/^bearer(?: |$)/i.test(authorizationHeader)) throw new AuthenticationError('scheme_unsupported');
  if (authorizationHeader.length > maxTokenLength + longestScheme) throw new AuthenticationError('token_too_large');
  const token = /^bearer +([\w.~+/=-]+)$/i.exec(authorizationHeader)?.[1];
  if (token === undefined) throw new AuthenticationError('token_malformed');
  return token;
}
