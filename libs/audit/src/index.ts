export { type AnchorState, AnchorStore, type KeptCheckpoint } from './anchor/anchor-store.ts';
export { Anchoring, type AnchoringParts } from './anchor/anchoring.ts';
export { AxiosHttpsPost } from './anchor/axios-https-post.ts';
export { DirectoryAnchor } from './anchor/directory-anchor.ts';
export { HttpsAnchor } from './anchor/https-anchor.ts';
export { HttpsPost, type PostReply } from './anchor/https-post.ts';
export { LogStanding, type Protection, protectionOf, type Standing } from './anchor/log-standing.ts';
export { WitnessAnchor } from './anchor/witness-anchor.ts';
export { AuditLogError, AuditUnavailable, ClaimLost, EventNotRecordable, LeaseLost } from './audit-error.ts';
export { Anchor, type Submission } from './anchor/anchor.ts';
export { AnchorError } from './anchor/anchor-error.ts';
export type { AnchorId, AnchorKind, LogAnchored, LogAnchorFailed } from './anchor/anchor-event.ts';
export type { AlarmEvent } from './alarm-event.ts';
export type {
  AuditEvent,
  AuditIntent,
  OperationIntent,
  OperationOutcome,
  OwnChange,
  OwnRead,
  Reconciliation,
  ReconciliationVerdict,
  RequestDenied,
  RequestsRefused,
  SelfCheckIntent,
  SelfCheckOutcome,
  SelfCheckSubject,
  ServiceEvent,
} from './audit-event.ts';
export type { BreakGlassUsed, PolicyChanged, PolicyRead, PolicyView } from './policy-event.ts';
export type {
  JudgedRequest,
  Operation,
  RecordedDecision,
  RecordedJobState,
  RecordedRule,
  RecordedShadow,
  RecordedUpstream,
  RequestFacts,
  Resource,
} from './recorded-facts.ts';
export type { AuditExported, AuditRead, AuditReviewed, AuditView } from './review-event.ts';
export { AuditLog } from './audit-log.ts';
export type { HoldEnded, HoldEvent, HoldExtended, RecordedEnding } from './hold-event.ts';
export { AuditRecorder, type Settlement } from './audit-recorder.ts';
export { type Claim, type ClaimHolder, ClaimStore } from './claim-store.ts';
export {
  type BulkAction,
  type BulkEnded,
  type BulkResult,
  bulkResults,
  type BulkSelector,
  type BulkStarted,
} from './bulk/bulk-event.ts';
export {
  bulkLeaseName,
  type BulkChoice,
  type BulkItem,
  type BulkOperation,
  type BulkProgress,
  BulkStore,
} from './bulk/bulk-store.ts';
export { type RecordedAsker, recordedAsker } from './bulk/recorded-bulk.ts';
export { CheckpointMemory } from './checkpoint-memory.ts';
export { type EarlierPause, JobHistory, type RecordedChange } from './job-history.ts';
export type { KeyWindow } from './key-history.ts';
export { type DisclosedValues, disclosedValues } from './disclosed-values.ts';
export { recordedCaller } from './recorded-caller.ts';
export { maxLeafBytes } from './encode-event.ts';
export { newEventId, timeOfEventId } from './event-id.ts';
export { type Leaf, leafSchema } from './leaf.ts';
export { type Lease, type LeaseHolder, LeaseStore } from './lease-store.ts';
export { LogKey } from './log-key.ts';
export { LogSnapshot } from './log-snapshot.ts';
export {
  type AppendCondition,
  CommitUnknown,
  ConditionFailed,
  type EntrySummary,
  type FullTile,
  type Integration,
  type KeptEntry,
  type LeafColumns,
  type LogHead,
  type LogOrigin,
  LogStore,
  type NewEntry,
  type StoredEntry,
  type StoredField,
  type StoredSubject,
  SubjectErased,
} from './log-store.ts';
export { type ChangedJob, type OpenIntent, OpenIntents, type OpenState } from './open-intents.ts';
export type { AuditLogOptions } from './open-writer.ts';
export { type GoodCheckpoint, lastGoodCheckpoint, storedKeyHistory } from './stored-log.ts';
export type { Recorded } from './pending-append.ts';
export { PolicyArchive } from './policy-archive.ts';
export { type RecordedIntent, recordedIntent } from './recorded-intent.ts';
export { DisclosureKey, type WrappedKey } from './privacy/disclosure-key.ts';
export { type KeptFields } from './privacy/kept-fields.ts';
export { type Disclosure, openField, type SealedField } from './privacy/sealed-field.ts';
export { type Erasure, Eraser } from './privacy/eraser.ts';
export { type LegalHold, LegalHolds } from './privacy/legal-holds.ts';
export { LogArchive } from './privacy/log-archive.ts';
export { MaintenanceRefused } from './privacy/maintenance-refused.ts';
export { maintenanceTurn } from './privacy/maintenance-turn.ts';
export { Pruner } from './privacy/pruner.ts';
export { readRetentionPolicy, type RetentionPolicy } from './privacy/retention-policy.ts';
export { LogMaintenance } from './privacy/log-maintenance.ts';
export type { FieldPlaces, HoldTarget, IndexRun, RetentionRule, Sanction } from './privacy/maintenance-event.ts';
export { type SubjectName } from './privacy/subject-name.ts';
export { verifyHead } from './verify-head.ts';
export { type AuditQuery, columnOfField, type QueryField, queryFields, type QueryTerm } from './search/audit-query.ts';
export { AuditSearch, type Found, type FoundPart, type SearchPage } from './search/audit-search.ts';
export { formatQuery } from './search/format-query.ts';
export { parseQuery, termNames, type TermName, withTerm } from './search/parse-query.ts';
export { ActorUnknown, QueryMalformed } from './search/query-malformed.ts';
export { maxQueryLength } from './search/query-limits.ts';
export { exportFormats, type ExportFormatName } from './export/export-formats.ts';
export { type AskedEvidence, EvidenceBundles, type EvidenceSources } from './evidence/evidence-bundles.ts';
export { EvidenceTooLarge, maxBundleEntries } from './evidence/evidence-too-large.ts';
export { type PersonalFieldName, personalFieldNames } from './personal-field-names.ts';
export { AuditReview } from './review/audit-review.ts';
export { type AuditOperation, type OperationState } from './review/operation-state.ts';
export { type Reviewed, type Reviewer, type ReviewPage } from './review/reviewer.ts';
