import { judgeOwnership, judgeRoles, type SelfKnowledge } from '#operations';
import type { JobCatalog } from '#policy';
import type { ReadinessCheck } from './readiness-check.ts';

const notChecked = 'not_checked_yet';

/**
 * What our standing at Microsoft means for readiness, from what the last self-check found out. Asks nobody anything.
 *
 * Roles beyond the allow-list fail: an Interlock that holds more than it needs must not come into service unnoticed.
 * Service principals that are not owned are a warning while at least one is owned, because the others work; when none
 * is, no pause can succeed. What could not be found out is a warning: taking every replica out of service because
 * Microsoft is away would also take away the explanation that callers get, and the audit.
 */
export class StandingChecks {
  readonly #knowledge: () => SelfKnowledge;
  readonly #allowedRoles: readonly string[];

  constructor(knowledge: () => SelfKnowledge, allowedRoles: readonly string[]) {
    this.#knowledge = knowledge;
    this.#allowedRoles = allowedRoles;
  }

  credential(): ReadinessCheck {
    const verdict = judgeRoles(this.#knowledge(), this.#allowedRoles);
    switch (verdict.kind) {
      case 'fitting':
        return { status: 'ok' };
      case 'excessive':
        return {
          status: 'failed',
          detail: `holds app roles that INTERLOCK_ALLOWED_GRAPH_ROLES does not name: ${verdict.excess.map(({ role }) => role).join(', ')}`,
        };
      case 'powerless':
        return { status: 'failed', detail: 'holds no app role that lets it pause: Application.ReadWrite.OwnedBy' };
      case 'unknown':
        return unknown(verdict.reason);
    }
  }

  ownership(catalog: JobCatalog): ReadinessCheck {
    const verdict = judgeOwnership(this.#knowledge(), catalog);
    switch (verdict.kind) {
      case 'complete':
        return { status: 'ok' };
      case 'not_needed':
        return { status: 'ok', detail: 'not needed with Synchronization.ReadWrite.All' };
      case 'partial':
        return { status: 'warning', detail: `does not own ${verdict.missing.join(', ')}` };
      case 'none':
        return { status: 'failed', detail: `owns none of the service principals: ${verdict.missing.join(', ')}` };
      case 'unknown':
        return unknown(verdict.reason);
    }
  }
}

/** Before the first check has ended nothing vouches for the credential. */
function unknown(reason: string): ReadinessCheck {
  if (reason === notChecked) return { status: 'failed', detail: 'not checked yet' };
  return { status: 'warning', detail: `could not be checked: ${reason}` };
}
