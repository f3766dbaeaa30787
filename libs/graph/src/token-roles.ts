import { z } from 'zod';

const payload = z.looseObject({ roles: z.array(z.string().regex(/^[\x21-\x7e]{1,200}$/)).default([]) });

/**
 * App roles that an access token names, or undefined when it cannot be read. Microsoft calls Graph's tokens opaque, so
 * this is a best effort and only ever an extra source of alarm: nothing is allowed because of what it says.
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens
 */
export function rolesOfToken(token: string): readonly string[] | undefined {
  try {
    const [, body = ''] = token.split('.');
    return payload.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))).data?.roles;
  } catch {
    return undefined;
  }
}
