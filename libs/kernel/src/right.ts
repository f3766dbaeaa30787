import type { Action } from './action.ts';
import type { Caller } from './caller.ts';

/** Coarse rights: the app roles (and, for users, scopes) of Interlock's own app registration. */
export const rights = [
  'Jobs.Read',
  'Jobs.Pause',
  'Jobs.Start',
  'Holds.Override',
  'Jobs.Approve',
  'Audit.Read',
  'Policy.Read',
] as const;
export type Right = (typeof rights)[number];

/** The coarse right that an action on a job needs. */
export const rightOf = { read: 'Jobs.Read', pause: 'Jobs.Pause', start: 'Jobs.Start' } as const satisfies Record<
  Action,
  Right
>;

/**
 * Whether the token gives `right`: an application carries it in `roles`; for a user the client app must have been
 * given it as a scope. What the user as a person may do is *not* decided here but by the policy's caller entries.
 */
export function holdsRight(caller: Caller, right: Right): boolean {
  return caller.kind === 'application' ? caller.roles.includes(right) : caller.scopes.includes(right);
}
