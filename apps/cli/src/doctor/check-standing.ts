import { CredentialUnavailable, type RenewingTokens } from '#graph';
import { type EpochMillis, toTimestamp } from '#kernel';
import { judgeOwnership, judgeRoles, type SelfKnowledge } from '#operations';
import type { JobCatalog } from '#policy';
import { fail, type Finding, ok, warn } from './finding.ts';
import type { Remedies } from './remedies.ts';

/** Whether Entra gives us a token for Graph. */
export async function checkToken(tokens: RenewingTokens, remedies: Remedies): Promise<Finding> {
  try {
    const token = await tokens.token();
    return ok('token', `Entra gives a token for Graph; this one ends at ${toTimestamp(token.expiresAt)}`);
  } catch (error) {
    if (!(error instanceof CredentialUnavailable)) throw error;
    const { entraCode } = error;
    const why = entraCode === undefined ? 'the identity library failed before Entra answered' : entraCode;
    return fail('token', 'credential_unavailable', `there is no token: ${why}`, remedies.tokenRefused(entraCode));
  }
}

/** Our app roles against the allow-list. */
export function rolesFindings(
  knowledge: SelfKnowledge,
  allowed: readonly string[],
  remedies: Remedies,
): readonly Finding[] {
  const us = knowledge.principal.known ? knowledge.principal.value : undefined;
  const verdict = judgeRoles(knowledge, allowed);
  switch (verdict.kind) {
    case 'fitting':
      return [ok('roles', `holds ${verdict.roles.map(({ role }) => role).join(', ')}`)];
    case 'powerless':
      return [fail('roles', 'role_missing', 'holds no app role that lets it pause a job', remedies.grantOwnedBy(us))];
    case 'unknown':
      return [warn('roles', 'roles_unknown', `the app roles could not be found out: ${verdict.reason}`)];
    case 'excessive':
      return verdict.excess.map(({ role, assignment }) => {
        const message = `holds ${role}${assignment?.resource === undefined ? '' : ` on ${assignment.resource}`}, which INTERLOCK_ALLOWED_GRAPH_ROLES does not name`;
        if (assignment !== undefined && us !== undefined) {
          return fail('roles', 'role_not_allowed', message, remedies.revoke(assignment, us));
        }
        return fail('roles', 'role_not_allowed', `${message}: in the token only`, {
          note: 'taken away already? The token keeps it until it ends; a restart of the broker gets a new one',
        });
      });
  }
}

/** Each service principal of the policy: owned or not. */
export function ownershipFindings(
  knowledge: SelfKnowledge,
  catalog: JobCatalog,
  remedies: Remedies,
): readonly Finding[] {
  const verdict = judgeOwnership(knowledge, catalog);
  switch (verdict.kind) {
    case 'not_needed':
      return [ok('ownership', 'not needed with Synchronization.ReadWrite.All')];
    case 'unknown':
      return [warn('ownership', 'ownership_unknown', `what Interlock owns could not be found out: ${verdict.reason}`)];
    case 'complete':
      return [ok('ownership', `owns all ${catalog.principals().size} service principals of the policy`)];
    case 'partial':
    case 'none': {
      const { principal } = knowledge;
      return verdict.missing.map((id) => {
        const names = catalog.entries.filter((entry) => entry.servicePrincipalId === id).map(({ alias }) => alias);
        const message = `does not own ${id} (${names.join(', ')}): Graph answers 401 to every pause of its jobs`;
        const remedy = principal.known ? remedies.own(id, principal.value) : undefined;
        return verdict.kind === 'none'
          ? fail('ownership', 'not_owned', message, remedy)
          : warn('ownership', 'not_owned', message, remedy);
      });
    }
  }
}

/** Which service principal we are, told by how Graph answered. */
export function graphFinding({ principal, evidence }: SelfKnowledge, remedies: Remedies): Finding {
  if (principal.known) return ok('graph', `answers; Interlock is service principal ${principal.value}`);
  const told = `${principal.reason}${evidence?.status === undefined ? '' : ` (status ${evidence.status})`}`;
  switch (principal.reason) {
    case 'graph_not_found':
      return fail(
        'graph',
        'principal_missing',
        'the tenant has no service principal of AZURE_CLIENT_ID',
        remedies.createPrincipal(),
      );
    case 'graph_forbidden':
    case 'graph_not_owned':
      return fail(
        'graph',
        'graph_refused',
        `Graph refuses to say who we are: ${told}`,
        remedies.grantOwnedBy(undefined),
      );
    default:
      return fail('graph', 'graph_unanswered', `Graph did not say who we are: ${told}`);
  }
}

/** Graph's clock, from the reply to the first call. */
export function graphTime({ evidence }: SelfKnowledge): EpochMillis | undefined {
  const told = Date.parse(evidence?.graphDate ?? '');
  return Number.isNaN(told) ? undefined : (told as EpochMillis);
}
