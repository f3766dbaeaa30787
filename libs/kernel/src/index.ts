export { type Action, actions } from './action.ts';
export type { Branded } from './branded.ts';
export { type ApplicationCaller, type Caller, callerKey, type TokenEvidence, type UserCaller } from './caller.ts';
export { Clock, type EpochMillis, parseTimestamp, SystemClock, toTimestamp } from './clock.ts';
export { CodedError, InvalidInput } from './coded-error.ts';
export { ClientId, DirectoryRoleId, type GuidReader, ObjectId, ServicePrincipalId, TenantId } from './guid.ts';
export { assertIntentReceipt, type EventId, type IntentReceipt, issueIntentReceipt } from './intent-receipt.ts';
export { type JobId, type JobRef, parseJobRef, readJobId } from './job-ref.ts';
export type { Justification } from './justification.ts';
export { type CloudName, cloudNames, loginHosts } from './microsoft-cloud.ts';
export { type Quota, type RateLimit, RateLimiter } from './rate-limit.ts';
export {
  type RequestStep,
  requestSteps,
  RequestWatch,
  type StepEnd,
  type WatchedDecision,
  watchedStep,
} from './request-watch.ts';
export { holdsRight, type Right, rightOf, rights } from './right.ts';
export { isStopped } from './stopped.ts';
