import type { RecordedShadow } from '#audit';
import type { Decision, Policy, PolicyRequest } from '#policy';

/**
 * What came of asking the shadow policy. `would_allow`: it would have allowed what the live policy denied.
 * `would_deny`: the other way round. `otherwise`: both allow, but not alike: out of quarantine, or by breaking the
 * glass. `failed`: it could not be asked.
 */
type ShadowResult = 'agreed' | 'would_allow' | 'would_deny' | 'otherwise' | 'failed';

/** How often each came of it. */
export type ShadowCounts = Readonly<Record<ShadowResult, number>>;

/**
 * A policy on trial: judges every request beside the live one, and its differences are counted and recorded. It decides
 * nothing, and nothing that goes wrong in it reaches a request.
 */
export class ShadowPolicy {
  readonly #policy: () => Policy | undefined;
  readonly #counts = { agreed: 0, would_allow: 0, would_deny: 0, otherwise: 0, failed: 0 };

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

function differenceOf(live: Decision, shadow: Decision): ShadowResult {
  if (live.effect === 'deny') return shadow.effect === 'deny' ? 'agreed' : 'would_allow';
  if (shadow.effect === 'deny') return 'would_deny';
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
