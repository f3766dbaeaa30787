export type { Target } from './authorization.ts';
export type { JobChange } from './job-change.ts';
export { JobOperations, type JobOperationsPorts } from './job-operations.ts';
export type { Asked, JobRequest, ListRequest } from './job-request.ts';
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
export { ReconcilerLoop } from './reconciler-loop.ts';
export { type ReconcilerPace, usualPace } from './reconciler-pace.ts';
export { type Refusal, type RefusalLimits, Refusals } from './refusals.ts';
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
