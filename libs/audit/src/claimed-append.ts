import { ClaimLost, LeaseLost } from './audit-error.ts';
import type { LoggedEvent } from './event-code.ts';
import type { AppendCondition, ConditionFailed } from './log-store.ts';
import type { Recorded } from './pending-append.ts';

/** What a request does at most once under its claim. Reads, denials and the like change nothing, so they are tied to none. */
const changes = /^(?:(?:pause|start)\.intent|hold\..+|bulk\.started|audit\.reviewed)$/;

/** The condition with the claim of the event, when it is a change under one. */
export function underClaim(event: LoggedEvent, condition: AppendCondition): AppendCondition {
  const claim = 'request' in event ? event.request.claim : undefined;
  return claim === undefined || !changes.test(event.type) ? condition : { ...condition, claim };
}

/** What was recorded, or undefined when its job was changed meanwhile; throws {@link ClaimLost} or {@link LeaseLost}. */
export function recordedOrChanged(appended: Recorded | ConditionFailed['reason']): Recorded | undefined {
  if (appended === 'claim_lost') throw new ClaimLost();
  if (appended === 'lease_lost') throw new LeaseLost();
  return typeof appended === 'string' ? undefined : appended;
}
