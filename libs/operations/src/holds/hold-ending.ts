import type { AuditRecorder, JudgedRequest, RecordedEnding, RecordedJobState, Resource } from '#audit';
import { type Held, type HoldBook, judgeEnd, type ReleaseReason } from '#holds';
import type { Caller, Clock, EpochMillis, EventId } from '#kernel';
import type { Policy } from '#policy';
import { OutcomeUnrecorded } from '../operation-error.ts';
import type { OutcomeRecorder } from '../outcome-recorder.ts';
import { outcomeOf } from '../operation-outcome.ts';
import { type JobReadingPorts, readJobFor } from '../job-reading.ts';
import { afterStart, beforeStart } from './resume-verdict.ts';
import type { HoldOwners } from './hold-owners.ts';
import { judgeResume, type ResumePermit } from './resume-permit.ts';

/** How long reading and starting the job may take, each. */
const operationMillis = 20_000;
/** Others may change the job between our look and our record; a job that is never at rest is left for later. */
const maxLooks = 5;

export interface HoldEndingPorts extends JobReadingPorts {
  readonly audit: AuditRecorder;
  readonly outcomes: OutcomeRecorder;
  readonly clock: Clock;
  readonly holds: HoldBook;
  readonly owners: HoldOwners;
  readonly policy: () => Policy;
}

/** Who ends a hold: somebody who asks for it, or its time, which must still be the one that was waited for. */
export type Ender =
  | {
      readonly kind: 'caller';
      readonly reason: Exclude<ReleaseReason, 'expired'>;
      readonly asked: Pick<JudgedRequest, 'request' | 'justification'> & { readonly caller: Caller };
    }
  | { readonly kind: 'time'; readonly until: EpochMillis };

/** What became of the end of a hold. */
export type EndResult =
  | RecordedEnding
  | { readonly kind: 'resumed' }
  /** It has ended before, or its end was moved. */
  | { readonly kind: 'not_due' }
  /** The start was sent and nobody saw its end, or its record is not durable yet: the reconciler finds out. */
  | { readonly kind: 'unknown' }
  /** Another pause or start of the job is under way. The hold stands. */
  | { readonly kind: 'changing' }
  /** Graph could not be asked. The hold stands. */
  | { readonly kind: 'troubled'; readonly reason: string };

/** `again`: the job was changed meanwhile. `refused`: Graph will not start it, so the hold has to end without. */
type Try = EndResult | { readonly kind: 'again' } | { readonly kind: 'refused'; readonly reason: string };

/** One look at a hold that is to end. */
interface Look {
  readonly hold: Held;
  readonly asOf: number;
  readonly ender: Ender;
  readonly permit: ResumePermit;
  readonly resource: Resource;
}

/** Ends holds, whoever asks for it, by one rule, and starts the job where the rule says so. */
export class HoldEnding {
  readonly #ports: HoldEndingPorts;

  constructor(ports: HoldEndingPorts) {
    this.#ports = ports;
  }

  /** Rejects when the log or the store fails. */
  async end(id: EventId, ender: Ender): Promise<EndResult> {
    let refusal: string | undefined;
    for (let looks = 0; looks < maxLooks; looks++) {
      const result = await this.#try(id, ender, refusal);
      if (result.kind === 'refused') refusal = result.reason;
      else if (result.kind !== 'again') return result;
    }
    return { kind: 'changing' };
  }

  async #try(id: EventId, ender: Ender, refusal: string | undefined): Promise<Try> {
    const { holds, owners, policy, clock } = this.#ports;
    const job = (await holds.find(id))?.job;
    if (job === undefined) return { kind: 'not_due' };
    const { holds: open, asOf } = await holds.ofJob(job);
    const hold = open.find((one) => one.id === id);
    if (hold === undefined || (ender.kind === 'time' && hold.until !== ender.until)) return { kind: 'not_due' };
    const verdict = judgeEnd(hold, open);
    if (verdict.kind === 'changing') return verdict;
    const { caller } = await owners.of(hold);
    const permit = judgeResume(policy(), caller, job, clock.now());
    const { alias } = permit.decision;
    const look = {
      hold: verdict.hold,
      asOf,
      ender,
      permit,
      resource: { ...job, ...(alias !== undefined && { alias }) },
    };
    if (verdict.kind === 'release') return this.#record(look, { kind: 'released', reason: reasonOf(ender) });
    const against = verdict.kind === 'leave' ? verdict.reason : (refusal ?? (permit.allowed ? undefined : 'policy'));
    return against === undefined ? this.#resume(look) : this.#record(look, { kind: 'not_resumed', reason: against });
  }

  async #resume(look: Look): Promise<Try> {
    const { hold, asOf } = look;
    const reading = await readJobFor(hold.id, hold.job, this.#ports, operationMillis);
    const finding = beforeStart(reading);
    if (finding.kind === 'troubled') return finding;
    if (finding.kind !== 'start') return this.#record(look, finding.ending, finding.state);
    const { audit, graph, outcomes, clock } = this.#ports;
    const receipt = await audit.recordIntentUnlessChanged(startIntent(look, finding.state), hold.job, asOf);
    if (receipt === undefined) return { kind: 'again' };
    const result = await graph.start(hold.job, { receipt, deadline: (clock.now() + operationMillis) as EpochMillis });
    try {
      await outcomes.record(outcomeOf('start', receipt, look.resource, result));
    } catch (error) {
      if (error instanceof OutcomeUnrecorded) return { kind: 'unknown' };
      throw error;
    }
    return afterStart(result);
  }

  async #record(look: Look, ending: RecordedEnding, before?: RecordedJobState): Promise<Try> {
    const { hold, asOf, ender, resource } = look;
    const about = {
      type: 'hold.ended' as const,
      parent: hold.id,
      resource,
      ending,
      ...(before !== undefined && { before }),
    };
    const event = ender.kind === 'time' ? about : { ...ender.asked, ...about, ...decisionOf(look) };
    const recorded = await this.#ports.audit.recordUnlessChanged(event, hold.job, asOf);
    return recorded === undefined ? { kind: 'again' } : ending;
  }
}

function startIntent(look: Look, before: RecordedJobState) {
  const { hold, ender, resource, permit } = look;
  const about = {
    type: 'start.intent' as const,
    action: 'start' as const,
    parent: hold.id,
    resource,
    before,
    ends: [hold.id],
  };
  if (ender.kind === 'caller') return { ...ender.asked, ...about, ...decisionOf(look) };
  const { policySha256: sha256, rule } = permit.decision;
  return { ...about, policy: { sha256, ...(rule !== undefined && { rule }) } };
}

/** Giving up a hold is always allowed to who may; the trace shows what the policy says about the start. */
function decisionOf({ permit: { decision } }: Look) {
  const { rule, policySha256, relevant: trace, elsewhere } = decision;
  return {
    decision: { effect: 'allow' as const, policySha256, trace, elsewhere, ...(rule !== undefined && { rule }) },
  };
}

function reasonOf(ender: Ender): ReleaseReason {
  return ender.kind === 'time' ? 'expired' : ender.reason;
}
