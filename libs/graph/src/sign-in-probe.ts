import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:https';
import type { ClientId, TenantId } from '#kernel';
import { z } from 'zod';
import type { GraphEndpoints } from './cloud.ts';

const probeMillis = 5_000;
/** Entra's pages of errors have some tens of kilobytes. */
const longestPage = 512 * 1024;
/** Told only to an address that is registered. */
const nobodySignedIn = 'AADSTS50058';

const metadata = z.object({ backchannel_logout_supported: z.boolean().default(false) });

/** What Entra does with a browser that is sent to sign in. */
export type SignInAnswer =
  /** It leads back to the address, which is registered then. */
  | { readonly kind: 'led_back' }
  /** It shows an error, such as `AADSTS50011` for an address that is not registered. */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unclear'; readonly status: number }
  | { readonly kind: 'unreachable' };

/**
 * Begins a sign-in as a browser would that must not see a page, and goes no further: nobody is signed in by it, and it
 * needs no credential.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
 */
export async function probeSignIn(
  { authorityHost }: Pick<GraphEndpoints, 'authorityHost'>,
  { tenantId, clientId, redirectUri }: Record<'redirectUri', string> & { tenantId: TenantId; clientId: ClientId },
): Promise<SignInAnswer> {
  const parameters = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    response_mode: 'query',
    scope: 'openid',
    prompt: 'none',
    state: 'doctor',
    nonce: 'doctor',
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const address = `${authorityHost}/${tenantId}/oauth2/v2.0/authorize?${parameters.toString()}`;
  try {
    const { status, location, body } = await answerOf(address);
    if (location !== undefined && isAt(location, redirectUri)) return { kind: 'led_back' };
    const code = /AADSTS\d+/.exec(body)?.[0];
    if (code === undefined) return { kind: 'unclear', status };
    return code === nobodySignedIn ? { kind: 'led_back' } : { kind: 'refused', code };
  } catch {
    return { kind: 'unreachable' };
  }
}

/**
 * Whether the tenant's metadata say that Entra tells of sign-outs by logout tokens; undefined when it cannot be read.
 * @see https://openid.net/specs/openid-connect-backchannel-1_0.html#BCSupport
 */
export async function probeLogoutTokens(
  { authorityHost }: Pick<GraphEndpoints, 'authorityHost'>,
  tenantId: TenantId,
): Promise<boolean | undefined> {
  try {
    const { status, body } = await answerOf(`${authorityHost}/${tenantId}/v2.0/.well-known/openid-configuration`);
    return status === 200 ? metadata.parse(JSON.parse(body)).backchannel_logout_supported : undefined;
  } catch {
    return undefined;
  }
}

function isAt(location: string, redirectUri: string): boolean {
  const url = URL.parse(location);
  return url !== null && `${url.origin}${url.pathname}` === redirectUri;
}

function answerOf(address: string): Promise<{ status: number; location: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { agent: false, signal: AbortSignal.timeout(probeMillis) });
    asked.once('error', reject);
    asked.once('response', (reply) => {
      let body = '';
      const { statusCode: status = 0, headers } = reply;
      reply.setEncoding('utf8');
      reply.on('data', (text: string) => {
        body += text;
        if (body.length > longestPage) reply.destroy(new RangeError('the page is too long'));
      });
      reply.once('error', reject);
      reply.once('end', () => {
        resolve({ status, location: headers.location, body });
      });
    });
    asked.end();
  });
}
