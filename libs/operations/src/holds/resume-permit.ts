import type { Caller, EpochMillis, JobRef } from '#kernel';
import type { Decision, Policy } from '#policy';

/** Whether the policy lets a job start again at the end of a hold, and the decision that says so. */
export interface ResumePermit {
  readonly allowed: boolean;
  readonly decision: Decision;
}

/**
 * The end of a hold is part of its pause, so it needs no right to start. But nothing may forbid the start, such as a
 * freeze; and the policy must still have a rule that lets the owner pause the job, be it at another time or with another
 * justification: the end of the owner's rights is no reason to act in its name.
 */
export function judgeResume(policy: Policy, owner: Caller, job: JobRef, at: EpochMillis): ResumePermit {
  const judge = (action: 'pause' | 'start') =>
    policy.evaluate({ caller: owner, action, ...job, justification: {}, at });
  const start = judge('start');
  if (start.effect === 'deny' && (start.code === 'denied_by_rule' || start.code === 'evaluation_error')) {
    return { allowed: false, decision: start };
  }
  const pause = judge('pause');
  const isGone = pause.effect === 'deny' && (pause.code === 'no_matching_rule' || pause.code === 'evaluation_error');
  return { allowed: !isGone, decision: pause };
}
