import {
  type AuditRecorder,
  type BulkStore,
  type JobHistory,
  type RecordedChange,
  type RecordedDecision,
  timeOfEventId,
} from '#audit';
import type { EventId } from '#kernel';
import type { Deny, Policy } from '#policy';
import { recordedDecision } from './authorization.ts';
import type { Asked } from './job-request.ts';
import { DeniedByPolicy, OperationError, outcomeUnknownMessage, refusalMessages } from './operation-error.ts';

/**
 * What came of a change whose reply was lost. `begun`: a bulk operation, which is carried to its end. `free`: certainly
 * nothing, so that it may be tried again.
 */
export type LostEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'begun' }
  | { readonly kind: 'free' }
  | { readonly kind: 'failed'; readonly error: EndedBefore };

/** Something that came of an earlier request. */
export class EndedBefore extends OperationError {
  constructor(
    override readonly code: `graph_${keyof typeof refusalMessages}` | 'outcome_unknown',
    message: string,
    override readonly eventId: EventId,
  ) {
    super(message);
  }
}

export interface ReplaysPorts {
  readonly policy: () => Policy;
  readonly audit: AuditRecorder;
  readonly history: JobHistory;
  readonly bulk: Pick<BulkStore, 'find'>;
}

/** Answers a repeated request in place of an operation: nothing is changed, and nothing goes to Graph. */
export class Replays {
  readonly #ports: ReplaysPorts;

  constructor(ports: ReplaysPorts) {
    this.#ports = ports;
  }

  /**
   * Records that a repeat is answered. The policy of now must still let the caller do what the first request did, as of
   * the time of that: who lost the right gets no reply, but a window that has closed since takes none away. Giving up a
   * hold (`DELETE`) is not the policy's to allow, and what a bulk operation did was judged job by job. Throws {@link DeniedByPolicy}, which is on record then.
   * @param event what the first request changed; absent when it changed nothing that is on record
   */
  async permit(asked: Pick<Asked, 'request' | 'caller'>, event: EventId | undefined, status: number): Promise<void> {
    const { audit } = this.#ports;
    const { request, caller } = asked;
    const change = event && (await this.#changeOf(event));
    const about = {
      request,
      caller,
      ...(change?.resource && { resource: change.resource }),
      ...(change?.action && { action: change.action }),
      ...(event !== undefined && { parent: event }),
    };
    const decision = this.#judge(asked, change, event);
    if (decision.effect === 'allow') {
      await audit.record({ type: 'request.replayed', ...about, status, decision });
      return;
    }
    const recorded = recordedDecision(decision);
    const denied = await audit.record({ type: 'request.denied', ...about, status: 403, decision: recorded });
    throw new DeniedByPolicy(decision, denied.eventId);
  }

  /** What the log says of a change. It never says that a change did not happen when that is not certain. */
  async endOf(event: EventId): Promise<LostEnd> {
    if (await this.#isBulk(event)) return { kind: 'begun' };
    const end = (await this.#ports.history.change(event))?.end ?? { kind: 'unknown' };
    if (end.kind === 'done') return end;
    if (end.kind === 'unknown') {
      return { kind: 'failed', error: new EndedBefore('outcome_unknown', outcomeUnknownMessage, event) };
    }
    const { reason } = end;
    if (!isRefusal(reason) || reason === 'throttled' || reason === 'unavailable') return { kind: 'free' };
    return { kind: 'failed', error: new EndedBefore(`graph_${reason}`, refusalMessages[reason], event) };
  }

  async #changeOf(event: EventId): Promise<RecordedChange | undefined> {
    return (await this.#isBulk(event)) ? undefined : this.#ports.history.change(event);
  }

  async #isBulk(event: EventId): Promise<boolean> {
    return (await this.#ports.bulk.find(event)) !== undefined;
  }

  #judge(
    { request, caller }: Pick<Asked, 'request' | 'caller'>,
    change: RecordedChange | undefined,
    event: EventId | undefined,
  ): Deny | (RecordedDecision & { readonly effect: 'allow' }) {
    const allow = { effect: 'allow', trace: [] } as const;
    if (!change?.resource || change.action === undefined || event === undefined || request.method === 'DELETE') {
      return allow;
    }
    const { servicePrincipalId, jobId } = change.resource;
    const target = { servicePrincipalId, ...(jobId !== undefined && { jobId }) };
    const at = timeOfEventId(event);
    const decision = this.#ports.policy().evaluate({ caller, action: change.action, ...target, justification: {}, at });
    // The first request was justified, or it would not have been allowed.
    if (decision.effect === 'deny' && decision.code !== 'requirement_missing') return decision;
    const { rule, policySha256 } = decision;
    return { ...allow, ...(rule !== undefined && { rule }), policySha256 };
  }
}

function isRefusal(reason: string): reason is keyof typeof refusalMessages {
  return Object.hasOwn(refusalMessages, reason);
}
