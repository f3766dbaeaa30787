import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

export const formType = 'application/x-www-form-urlencoded';

/** The only route that takes a form: no page of another site can post one anywhere else. */
export const logoutRoute = '/session/backchannel-logout';

/** Without a token it is as bad as with a bad one. @see https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest */
export const logoutForm = z.object({ logout_token: z.string().default('') });
export type LogoutForm = z.infer<typeof logoutForm>;

/** Reads a form; on any other route it is refused like other media types, unless it is empty. */
export function readLogoutForm(
  request: FastifyRequest,
  body: string | Buffer,
  done: (error: Error | null, parsed?: unknown) => void,
): void {
  if (request.routeOptions.url === logoutRoute) {
    done(null, Object.fromEntries(new URLSearchParams(body.toString())));
  } else if (body.length === 0) done(null, undefined);
  else done(Object.assign(new Error('media type not supported'), { statusCode: 415 }));
}
