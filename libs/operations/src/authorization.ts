import type { AuditRecorder, JudgedRequest, LeaseHolder, RecordedDecision, RecordedShadow, Resource } from '#audit';
import {
  type Action,
  type Clock,
  type EventId,
  holdsRight,
  type JobRef,
  type RequestWatch,
  rightOf,
  type ServicePrincipalId,
  watchedStep,
} from '#kernel';
import { type Allow, assertAllowed, type Decision, type Deny, type Policy, type PolicyRequest } from '#policy';
import type { Asked } from './job-request.ts';
import { DeniedByPolicy } from './operation-error.ts';
import type { RateLimits, TellLimit } from './rate-limits.ts';
import type { ShadowPolicy } from './shadow-policy.ts';

/** What is asked for: a job, or (for a list) all jobs of a service principal. */
export type Target = JobRef | { readonly servicePrincipalId: ServicePrincipalId; readonly jobId?: never };

/** An allowed request, ready to be recorded as an intent. */
export interface Authorized {
  readonly decision: Allow;
  readonly judged: JudgedRequest & {
    readonly caller: Asked['caller'];
    readonly action: Action;
    readonly resource: Resource;
    /** The bulk operation that it is an item of. */
    readonly parent?: EventId;
  };
  readonly watch?: RequestWatch | undefined;
  /** Under which its intent is recorded. */
  readonly lease?: LeaseHolder | undefined;
}

/** The one place where the live policy judges a request, and its limits are held. A denial is durable before it is told. */
export class Authorization {
  readonly #policy: () => Policy;
  readonly #audit: AuditRecorder;
  readonly #clock: Clock;
  readonly #shadow: ShadowPolicy | undefined;
  readonly #limits: RateLimits | undefined;

  constructor(policy: () => Policy, audit: AuditRecorder, clock: Clock, shadow?: ShadowPolicy, limits?: RateLimits) {
    this.#policy = policy;
    this.#audit = audit;
    this.#clock = clock;
    this.#shadow = shadow;
    this.#limits = limits;
  }

  /** Judges without recording anything: dry runs and the filter of a list. */
  judge(action: Action, target: Target, asked: Asked): Decision {
    return this.#policy().evaluate(this.#requestOf(action, target, asked));
  }

  /**
   * Resolves when the policy allows it within the deciding rule's limit, and broken glass has raised its alarm;
   * otherwise records the denial and throws {@link DeniedByPolicy} or RateLimited.
   */
  async authorize(action: Action, target: Target, asked: Asked): Promise<Authorized> {
    return watchedStep(asked.watch, 'authorize', () => this.#authorize(action, target, asked));
  }

  /** At once when there is nothing to record or to count. */
  #authorize(action: Action, target: Target, asked: Asked): Authorized | Promise<Authorized> {
    const request = this.#requestOf(action, target, asked);
    const decision = this.#policy().evaluate(request);
    const judged = judgedOf(action, target, asked, decision, this.#shadow?.differing(request, decision));
    const { effect, rule } = decision;
    asked.watch?.decided({ action, job: target, effect, rule });
    if (decision.effect === 'deny') return this.#deny(decision, judged);
    const allow = proven(decision);
    const { watch, part, tellLimit } = asked;
    const authorized = { decision: allow, judged, watch, lease: part?.lease };
    return allow.limit === undefined && !allow.breakGlass ? authorized : this.#allow(authorized, tellLimit);
  }

  async #allow(authorized: Authorized, tell: TellLimit | undefined): Promise<Authorized> {
    const { decision, judged } = authorized;
    await this.#limits?.countAllowed(decision, judged, tell);
    if (decision.breakGlass) await this.#audit.record({ type: 'policy.break_glass_used', ...judged });
    return authorized;
  }

  async #deny(decision: Deny, judged: Authorized['judged']): Promise<never> {
    const { eventId } = await this.#audit.record({ type: 'request.denied', status: 403, ...judged });
    throw new DeniedByPolicy(decision, eventId);
  }

  /**
   * For what a caller did not ask for by itself: undefined, and nothing recorded, when the token lacks the right or the
   * policy does not allow it.
   */
  permitted(action: Action, target: Target, asked: Asked): Authorized | undefined {
    if (!holdsRight(asked.caller, rightOf[action])) return undefined;
    const decision = this.judge(action, target, asked);
    if (decision.effect !== 'allow') return undefined;
    return { decision: proven(decision), judged: judgedOf(action, target, asked, decision), watch: asked.watch };
  }

  #requestOf(action: Action, target: Target, { caller, justification, begun }: Asked): PolicyRequest {
    const { servicePrincipalId, jobId } = target;
    return { caller, action, servicePrincipalId, jobId, justification, begun, at: this.#clock.now() };
  }
}

function proven(decision: Allow): Allow {
  assertAllowed(decision);
  return decision;
}

function judgedOf(
  action: Action,
  target: Target,
  asked: Asked,
  decision: Decision,
  shadow?: RecordedShadow,
): Authorized['judged'] {
  const { request, caller, justification, part } = asked;
  const { alias } = decision;
  const judged = {
    request,
    caller,
    action,
    resource: alias === undefined ? target : { ...target, alias },
    justification,
    decision: recordedDecision(decision, shadow),
  };
  return part === undefined ? judged : { ...judged, parent: part.operation };
}

/** A decision as the log has it. */
export function recordedDecision(decision: Decision, shadow?: RecordedShadow): RecordedDecision {
  const { effect, rule, policySha256, relevant, elsewhere } = decision;
  const recorded: { -readonly [Name in keyof RecordedDecision]: RecordedDecision[Name] } = {
    effect,
    policySha256,
    trace: relevant,
    elsewhere,
  };
  if (rule !== undefined) recorded.rule = rule;
  if (decision.effect === 'deny') recorded.denyCode = decision.code;
  else if (decision.breakGlass) recorded.breakGlass = true;
  if (shadow !== undefined) recorded.shadow = shadow;
  return recorded;
}
