export { readSecret } from './alarms/alarm-sender.ts';
export { Courier, type CourierPorts } from './alarms/courier.ts';
export { CourierStanding } from './alarms/courier-standing.ts';
export { readAlarmFile } from './alarms/read-alarm-file.ts';
export type { Target } from './authorization.ts';
export { BulkUnknown, maxBulkJobs, SelectorEmpty, TooManyJobs } from './bulk/bulk-error.ts';
export {
  BulkOperations,
  type BulkOperationsPorts,
  type BulkRequest,
  type JudgedTarget,
  type ShownItem,
  type ShownOperation,
} from './bulk/bulk-operations.ts';
export { endOnRecord } from './bulk/bulk-item-work.ts';
export { type BulkPace, usualBulkPace } from './bulk/bulk-pace.ts';
export { BulkWorker, type BulkWorkerPorts } from './bulk/bulk-worker.ts';
export type { JobChange } from './job-change.ts';
export { type EndResult } from './holds/hold-ending.ts';
export {
  HeldByOthers,
  HoldChanging,
  HoldEndUnknown,
  HoldNotEnded,
  HoldNotInForce,
  HoldNotYours,
  HoldUnknown,
} from './holds/hold-error.ts';
export { HoldKeeper, type HoldKeeperPorts } from './holds/hold-keeper.ts';
export { HoldOperations, type HoldPage } from './holds/hold-operations.ts';
export { HoldOwners } from './holds/hold-owners.ts';
export { type HoldPace, usualHoldPace } from './holds/hold-pace.ts';
export type { ShownHold } from './holds/hold-viewer.ts';
export { JobOperations, type JobOperationsPorts } from './job-operations.ts';
export type { Asked, BulkPart, JobRequest, ListRequest } from './job-request.ts';
export {
  DeniedByPolicy,
  JobNotStartable,
  JobUnknown,
  NotSentToGraph,
  OperationError,
  OutcomeUnknown,
  OutcomeUnrecorded,
  RefusedByGraph,
  StateUnread,
} from './operation-error.ts';
export { OutcomeRecorder } from './outcome-recorder.ts';
export { Reconciler, type ReconcilerPorts } from './reconciler.ts';
export { RoundLoop } from './round-loop.ts';
export { type ReconcilerPace, usualPace } from './reconciler-pace.ts';
export { type Refusal, type RefusalLimits, Refusals } from './refusals.ts';
export { type CountedLimit, RateLimited, RateLimits, type RateLimitsPorts, type TellLimit } from './rate-limits.ts';
export { type LostEnd, Replays, type ReplaysPorts } from './replays.ts';
export { ShadowPolicy, type ShadowCounts } from './shadow-policy.ts';
export { SelfCheck, type SelfCheckPorts } from './self-check.ts';
export {
  type HeldRole,
  judgeOwnership,
  judgeRoles,
  type Known,
  type OwnershipVerdict,
  type RolesVerdict,
  type SelfKnowledge,
} from './self-knowledge.ts';
export { type Entitlement, EntitlementReader, type Entitlements, type Prospect } from './entitlements.ts';
