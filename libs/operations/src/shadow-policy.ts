import type { RecordedShadow } from '#audit';
import type { Decision, Policy, PolicyRequest } from '#policy';

/** How often the shadow policy was asked, and what came of it. */
export interface ShadowCounts {
  readonly agreed: number;
  /** It would have allowed what the live policy denied. */
  readonly wouldAllow: number;
  /** It would have denied what the live policy allowed. */
  readonly wouldDeny: number;
  /** Both allow, but not alike: out of quarantine, or by breaking the glass. */
  readonly otherwise: number;
  /** It could not be asked. */
  readonly failed: number;
}

/**
 * A policy on trial: judges every request beside the live one, and its differences are counted and recorded. It decides
 * nothing, and nothing that goes wrong in it reaches a request.
 */
export class ShadowPolicy {
  readonly #policy: () => Policy | undefined;
  readonly #counts = { agreed: 0, wouldAllow: 0, wouldDeny: 0, otherwise: 0, failed: 0 };

  /** Undefined while there is none. */
  constructor(policy: () => Policy | undefined) {
    this.#policy = policy;
  }

  get counts(): ShadowCounts {
    return this.#counts;
  }

  /** What it decides otherwise; undefined when it agrees, or is not there. */
  differing(request: PolicyRequest, live: Decision): RecordedShadow | undefined {
    try {
      const decision = this.#policy()?.evaluate(request);
      if (decision === undefined) return undefined;
      const difference = differenceOf(live, decision);
      this.#counts[difference]++;
      return difference === 'agreed' ? undefined : recorded(decision);
    } catch {
      this.#counts.failed++;
      return undefined;
    }
  }
}

function differenceOf(live: Decision, shadow: Decision): 'agreed' | 'wouldAllow' | 'wouldDeny' | 'otherwise' {
  if (live.effect === 'deny') return shadow.effect === 'deny' ? 'agreed' : 'wouldAllow';
  if (shadow.effect === 'deny') return 'wouldDeny';
  const isAlike = live.startQuarantined === shadow.startQuarantined && live.breakGlass === shadow.breakGlass;
  return isAlike ? 'agreed' : 'otherwise';
}

function recorded(decision: Decision): RecordedShadow {
  const { effect, rule, policySha256 } = decision;
  return {
    effect,
    ...(rule !== undefined && { rule }),
    ...(decision.effect === 'deny' && { denyCode: decision.code }),
    policySha256,
  };
}
