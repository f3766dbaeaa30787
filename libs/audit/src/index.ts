export { AuditLogError, AuditUnavailable, EventNotRecordable } from './audit-error.ts';
export type {
  AuditEvent,
  JudgedRequest,
  Operation,
  OperationIntent,
  OperationOutcome,
  RecordedDecision,
  RecordedJobState,
  RecordedRule,
  RecordedUpstream,
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
export { AuditRecorder } from './audit-recorder.ts';
export { type EarlierPause, JobHistory } from './job-history.ts';
export { maxLeafBytes } from './encode-event.ts';
export { type Leaf, leafSchema } from './leaf.ts';
export { LogKey } from './log-key.ts';
export {
  CommitUnknown,
  type Disclosure,
  type FullTile,
  type Integration,
  type LeafColumns,
  type LogHead,
  type LogOrigin,
  LogStore,
  type NewEntry,
  type StoredEntry,
} from './log-store.ts';
export type { Recorded } from './pending-append.ts';
export { verifyHead } from './verify-head.ts';
