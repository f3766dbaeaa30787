export { AuditLogError, AuditUnavailable, EventNotRecordable } from './audit-error.ts';
export type {
  AuditEvent,
  AuditIntent,
  JudgedRequest,
  Operation,
  OperationIntent,
  OperationOutcome,
  OwnRead,
  RecordedDecision,
  RecordedJobState,
  RecordedRule,
  RecordedUpstream,
  Reconciliation,
  ReconciliationVerdict,
  RequestDenied,
  RequestFacts,
  RequestsRefused,
  Resource,
  SelfCheckIntent,
  SelfCheckOutcome,
  SelfCheckSubject,
  ServiceEvent,
} from './audit-event.ts';
export { AuditLog, type AuditLogOptions } from './audit-log.ts';
export { AuditRecorder, type Settlement } from './audit-recorder.ts';
export { type EarlierPause, JobHistory } from './job-history.ts';
export { maxLeafBytes } from './encode-event.ts';
export { timeOfEventId } from './event-id.ts';
export { type Leaf, leafSchema } from './leaf.ts';
export { type Lease, type LeaseHolder, LeaseStore } from './lease-store.ts';
export { LogKey } from './log-key.ts';
export {
  type AppendCondition,
  CommitUnknown,
  ConditionFailed,
  type Disclosure,
  type EntrySummary,
  type FullTile,
  type Integration,
  type LeafColumns,
  type LogHead,
  type LogOrigin,
  LogStore,
  type NewEntry,
  type StoredEntry,
} from './log-store.ts';
export { type ChangedJob, type OpenIntent, OpenIntents, type OpenState } from './open-intents.ts';
export type { Recorded } from './pending-append.ts';
export { type RecordedIntent, recordedIntent } from './recorded-intent.ts';
export { verifyHead } from './verify-head.ts';
