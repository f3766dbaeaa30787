import { ClaimLost, LeaseLost } from './audit-error.ts';
import type { AuditIntent } from './audit-event.ts';
import type { BulkStarted } from './bulk/bulk-event.ts';
import type { ClaimHolder } from './claim-store.ts';
import type { HoldEvent } from './hold-event.ts';
import type { AppendCondition, ConditionFailed } from './log-store.ts';
import type { Recorded } from './pending-append.ts';
import type { AuditReviewed } from './review-event.ts';

/** What is done at most once under one claim. */
type Claimable = AuditIntent | HoldEvent | BulkStarted | AuditReviewed;

/** The claim that a change is tied to when it is recorded. A read changes nothing, so it is tied to none. */
export function claimOf(event: Claimable): ClaimHolder | undefined {
  if (!('request' in event) || event.type === 'read.intent' || event.type === 'list.intent') return undefined;
  return event.request.claim;
}

/** The condition with the claim of the event, when it has one. */
export function underClaim(event: Claimable, condition: AppendCondition): AppendCondition {
  const claim = claimOf(event);
  return claim === undefined ? condition : { ...condition, claim };
}

/** What was recorded, or undefined when its job was changed meanwhile; throws {@link ClaimLost} or {@link LeaseLost}. */
export function recordedOrChanged(appended: Recorded | ConditionFailed['reason']): Recorded | undefined {
  if (appended === 'claim_lost') throw new ClaimLost();
  if (appended === 'lease_lost') throw new LeaseLost();
  return typeof appended === 'string' ? undefined : appended;
}
