import type { AuditRecorder, SelfCheckOutcome, SelfCheckSubject } from '#audit';
import type { GraphCall, GraphEvidence, GraphResult } from '#graph';
import { type Clock, CodedError, type EpochMillis } from '#kernel';
import type { OutcomeRecorder } from './outcome-recorder.ts';
import type { Known } from './self-knowledge.ts';

/** What came of a question. */
export interface Inquired<Value> {
  readonly answer: Known<Value>;
  /** Absent when nothing was sent, because the intent could not be recorded. */
  readonly evidence?: GraphEvidence;
}

/** Asks Graph one question about ourselves: an intent before it, an outcome with its findings after it. */
export class SelfInquiry {
  readonly #audit: AuditRecorder;
  readonly #outcomes: OutcomeRecorder;
  readonly #clock: Clock;

  constructor(audit: AuditRecorder, outcomes: OutcomeRecorder, clock: Clock) {
    this.#audit = audit;
    this.#outcomes = outcomes;
    this.#clock = clock;
  }

  /** Does not throw coded errors: what could not be recorded was not asked, and is unknown for that reason. */
  async ask<Value>(
    check: SelfCheckSubject,
    deadline: EpochMillis,
    send: (call: GraphCall) => Promise<GraphResult<Value>>,
    findingsIn: (value: Value) => readonly string[] = () => [],
  ): Promise<Inquired<Value>> {
    try {
      const receipt = await this.#audit.recordIntent({ type: 'self-check.intent', check });
      const result = await send({ receipt, deadline });
      const findings = result.kind === 'done' ? findingsIn(result.value) : [];
      const base = { type: 'self-check.outcome', check, parent: receipt.eventId, upstream: result.evidence } as const;
      // A lost outcome does not make the answer untrue; the recorder goes on trying.
      await this.#outcomes.record({ ...base, ...endOf(result, findings) }).catch(() => undefined);
      return { answer: this.#answerOf(result), evidence: result.evidence };
    } catch (error) {
      if (error instanceof CodedError) return { answer: { known: false, reason: error.code } };
      throw error;
    }
  }

  #answerOf<Value>(result: GraphResult<Value>): Known<Value> {
    return result.kind === 'done'
      ? { known: true, value: result.value, at: this.#clock.now() }
      : { known: false, reason: reasonOf(result) };
  }
}

function endOf(
  result: GraphResult<unknown>,
  findings: readonly string[],
): Pick<SelfCheckOutcome, 'outcome' | 'reason' | 'findings'> {
  if (result.kind === 'done') return { outcome: 'success', ...(findings.length > 0 && { findings }) };
  return { outcome: result.kind === 'unknown' ? 'unknown' : 'failure', reason: reasonOf(result) };
}

function reasonOf(result: Exclude<GraphResult<unknown>, { readonly kind: 'done' }>): string {
  return result.kind === 'refused' ? `graph_${result.refusal}` : result.reason;
}
