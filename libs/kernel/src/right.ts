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
  'Audit.Disclose',
  'Policy.Read',
] as const;
export type Right = (typeof rights)[number];

/** The coarse right that an action on a job needs. */
export const rightOf = { read: 'Jobs.Read', pause: 'Jobs.Pause', start: 'Jobs.Start' } as const satisfies Record<
  Action,
  Right
>;

/** Rights whose use the policy judges once more, caller by caller and job by job. */
const judgedByPolicy: ReadonlySet<Right> = new Set(Object.values(rightOf));

/**
 * Whether the token gives `right`. An application carries it in `roles`. For a person the client application must have
 * it as a scope; the person needs it in `roles` too, except where the policy's caller entries decide who may (by role,
 * directory role or object id). Does NOT say that the policy allows anything.
 */
export function holdsRight(caller: Caller, right: Right): boolean {
  const assigned = caller.roles.includes(right);
  if (caller.kind === 'application') return assigned;
  return caller.scopes.includes(right) && (assigned || judgedByPolicy.has(right));
}
