import type { AppRoleAssignment, GraphEvidence } from '#graph';
import type { EpochMillis, ObjectId, ServicePrincipalId } from '#kernel';
import type { JobCatalog } from '#policy';

/** Something that was asked of Microsoft, or the stable code of why it is not known. */
export type Known<Value> =
  | { readonly known: true; readonly value: Value; readonly at: EpochMillis }
  | { readonly known: false; readonly reason: string };

/** An app role of our service principal. */
export interface HeldRole {
  /** Its value, or its id when the value is not known. */
  readonly role: string;
  /** The assignment that gives it; absent when only the token names it, as for an hour after it was taken away. */
  readonly assignment?: AppRoleAssignment;
}

/** What Interlock knows about its own standing at Microsoft. */
export interface SelfKnowledge {
  /** Object id of its service principal in the tenant of the jobs. */
  readonly principal: Known<ObjectId>;
  readonly roles: Known<readonly HeldRole[]>;
  /** Object ids of what that service principal owns. */
  readonly owned: Known<ReadonlySet<string>>;
  /** What was observed of the first call to Graph, when one was made. */
  readonly evidence?: GraphEvidence;
}

/** What to think of the roles that Interlock holds. */
export type RolesVerdict =
  | { readonly kind: 'fitting'; readonly roles: readonly HeldRole[] }
  /** More than the allow-list names: whoever takes over Interlock would get that too. */
  | { readonly kind: 'excessive'; readonly excess: readonly HeldRole[] }
  /** Nothing that lets it pause a job. */
  | { readonly kind: 'powerless' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What to think of the service principals that the policy names. */
export type OwnershipVerdict =
  | { readonly kind: 'complete' }
  /** A permission for every job of the tenant was granted, and allowed explicitly. */
  | { readonly kind: 'not_needed' }
  | { readonly kind: 'partial' | 'none'; readonly missing: readonly ServicePrincipalId[] }
  | { readonly kind: 'unknown'; readonly reason: string };

const everyJob = 'Synchronization.ReadWrite.All';
const pausing: ReadonlySet<string> = new Set(['Application.ReadWrite.OwnedBy', everyJob]);

/** Judges the roles against an allow-list of values or ids. */
export function judgeRoles({ roles }: Pick<SelfKnowledge, 'roles'>, allowed: readonly string[]): RolesVerdict {
  if (!roles.known) return { kind: 'unknown', reason: roles.reason };
  const mayHold = ({ role, assignment }: HeldRole): boolean =>
    allowed.some((name) => name === role || name.toLowerCase() === assignment?.roleId);
  const excess = roles.value.filter((held) => !mayHold(held));
  if (excess.length > 0) return { kind: 'excessive', excess };
  if (!roles.value.some(({ role }) => pausing.has(role))) return { kind: 'powerless' };
  return { kind: 'fitting', roles: roles.value };
}

/** Judges whether every service principal of the catalog is owned: Graph answers 401 about those that are not. */
export function judgeOwnership(
  { roles, owned }: Pick<SelfKnowledge, 'roles' | 'owned'>,
  catalog: JobCatalog,
): OwnershipVerdict {
  if (roles.known && roles.value.some(({ role }) => role === everyJob)) return { kind: 'not_needed' };
  if (!owned.known) return { kind: 'unknown', reason: owned.reason };
  const catalogued = [...catalog.principals().keys()];
  const missing = catalogued.filter((id) => !owned.value.has(id));
  if (missing.length === 0) return { kind: 'complete' };
  return { kind: missing.length === catalogued.length ? 'none' : 'partial', missing };
}
