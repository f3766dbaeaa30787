import { type Action, actions, type Caller, type Clock, holdsRight, rightOf } from '#kernel';
import type { CatalogEntry, Decision, Policy } from '#policy';

/** What a caller would be told about one action, were it to ask now. */
export type Prospect =
  | { readonly verdict: 'allowed'; readonly rule: string }
  /** Allowed with what is missing, in plain words such as `ticket: must match CHG[0-9]{7}`. */
  | { readonly verdict: 'needs'; readonly rule?: string; readonly needs: readonly string[] }
  | { readonly verdict: 'denied'; readonly code: Exclude<DenyCode, 'requirement_missing'> | 'insufficient_scope' };

type DenyCode = Extract<Decision, { readonly effect: 'deny' }>['code'];

/** A job of the policy's catalog and what the caller may do to it. */
export interface Entitlement {
  readonly entry: CatalogEntry;
  readonly actions: Readonly<Record<Action, Prospect>>;
}

/** What a caller may do, by one policy at one moment. */
export interface Entitlements {
  readonly policySha256: string;
  /** Names of the policy's caller entries that the caller is. */
  readonly knownAs: readonly string[];
  /** Only jobs about which some rule speaks for the caller: others learn nothing of the catalog. */
  readonly jobs: readonly Entitlement[];
}

/**
 * Judges every action on every catalogued job for a caller that gives no justification. Nothing is recorded: it is the
 * dry run of everything, and sends nothing. An entry for all jobs of a service principal is judged as "any of them".
 */
export class EntitlementReader {
  readonly #policy: () => Policy;
  readonly #clock: Clock;

  constructor(policy: () => Policy, clock: Clock) {
    this.#policy = policy;
    this.#clock = clock;
  }

  of(caller: Caller): Entitlements {
    const policy = this.#policy();
    const at = this.#clock.now();
    const knownAs = new Set<string>();
    const jobs: Entitlement[] = [];
    for (const entry of policy.catalog.entries) {
      const { servicePrincipalId, jobId } = entry;
      const target = { servicePrincipalId, ...(jobId !== undefined && { jobId }) };
      const judge = (action: Action): Decision => policy.evaluate({ caller, action, ...target, justification: {}, at });
      const decisions = actions.map((action) => [action, judge(action)] as const);
      for (const [, decision] of decisions) for (const name of decision.callers ?? []) knownAs.add(name);
      if (!decisions.some(([, decision]) => speaksFor(decision))) continue;
      const prospects = decisions.map(([action, decision]) => [action, prospectOf(caller, action, decision)] as const);
      jobs.push({ entry, actions: Object.fromEntries(prospects) as Record<Action, Prospect> });
    }
    return { policySha256: policy.sha256, knownAs: [...knownAs], jobs };
  }
}

/** Whether an allow rule is about this caller. A deny rule may be about everybody, and so tells nobody anything. */
function speaksFor(decision: Decision): boolean {
  return decision.effect === 'allow' || decision.code === 'requirement_missing' || decision.code === 'outside_window';
}

function prospectOf(caller: Caller, action: Action, decision: Decision): Prospect {
  if (!holdsRight(caller, rightOf[action])) return { verdict: 'denied', code: 'insufficient_scope' };
  const { rule } = decision;
  if (decision.effect === 'allow') return { verdict: 'allowed', rule: decision.rule };
  if (decision.code !== 'requirement_missing') return { verdict: 'denied', code: decision.code };
  return { verdict: 'needs', needs: decision.unmet, ...(rule !== undefined && { rule }) };
}
