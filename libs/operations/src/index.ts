export type { Target } from './authorization.ts';
export { JobOperations, type JobOperationsPorts } from './job-operations.ts';
export type { Asked, JobRequest, ListRequest } from './job-request.ts';
export {
  DeniedByPolicy,
  NotSentToGraph,
  OperationError,
  OutcomeUnknown,
  OutcomeUnrecorded,
  RefusedByGraph,
} from './operation-error.ts';
export { OutcomeRecorder } from './outcome-recorder.ts';
export { type Refusal, type RefusalLimits, Refusals } from './refusals.ts';
