import { type Caller, holdsRight, rights, toTimestamp } from '#kernel';
import type { OpenSession } from '#session';
import { z } from 'zod';

/** Reply of `GET /session`. */
export const sessionSchema = z.object({
  name: z.string().optional(),
  username: z.string().optional(),
  rights: z.array(z.enum(rights)).describe('What the person may ask for at all; see /api/me for what the policy says.'),
  idleAt: z.string().describe('When the session ends unless it is used, in UTC.'),
  endsAt: z.string().describe('When it ends whatever happens, in UTC.'),
  requires: z
    .object({ header: z.string(), value: z.string(), origin: z.string() })
    .describe('What every request with the session must bring: a header, and the origin that it must come from.'),
});
export type SessionView = z.infer<typeof sessionSchema>;

/** Reply of `POST /session/logout`. */
export const signedOutSchema = z.object({
  signOutAddress: z.string().optional().describe('Where the browser signs out at the identity provider too.'),
});
export type SignedOutView = z.infer<typeof signedOutSchema>;

export function sessionView(caller: Caller, { idleAt, endsAt }: OpenSession, origin: string): SessionView {
  const { name, username } = caller.kind === 'user' ? caller : {};
  return {
    ...(name !== undefined && { name }),
    ...(username !== undefined && { username }),
    rights: rights.filter((right) => holdsRight(caller, right)),
    idleAt: toTimestamp(idleAt < endsAt ? idleAt : endsAt),
    endsAt: toTimestamp(endsAt),
    requires: { header: 'Interlock-Console', value: '1', origin },
  };
}
