import type { Generated } from 'kysely';
import type { BulkProgress } from '#audit';
import type { Hold, TimerKind } from '#holds';

/** One row per log: its committed end. The only audit table whose rows change. */
interface AuditHeadTable {
  log_id: Generated<number>;
  origin: string;
  size: Generated<number>;
  /** See edge-bytes.ts. */
  edge: Generated<Uint8Array>;
  /** Null, like the checkpoint, until the first append. */
  root: Generated<Uint8Array | null>;
  checkpoint: Generated<string | null>;
  /** First entry that is kept. */
  min_index: Generated<number>;
}

/** One row per entry. `body` is what is hashed; the rest from `type` on are copies for queries. */
export interface AuditLeafTable {
  log_id: number;
  idx: number;
  event_id: string;
  body: Uint8Array;
  type: string;
  time: string;
  parent: string | null;
  actor: string | null;
  application: string | null;
  action: string | null;
  service_principal_id: string | null;
  job_id: string | null;
  decision: string | null;
  outcome: string | null;
  rule: string | null;
  ticket: string | null;
  request_id: string | null;
  client_request_id: string | null;
}

interface AuditTileTable {
  log_id: number;
  level: number;
  idx: number;
  hashes: Uint8Array;
}

/** Disclosures of personal fields. Rows may be deleted (erasure), never changed. */
interface AuditPrivateTable {
  log_id: number;
  idx: number;
  position: number;
  name: string;
  subject: string | null;
  /** How `content` is sealed; `none`, as in logs of before, for the disclosure's own UTF-8 bytes. */
  sealing: 'none' | 'aes-256-gcm';
  /** The `ref` of the data key. */
  key_id: string | null;
  nonce: Uint8Array | null;
  content: Uint8Array;
}

/** Pseudonyms. Deleting a row makes its `ref` unlinkable and destroys its data key. */
interface SubjectTable {
  ref: string;
  /** The realm of a SubjectName. */
  tenant_id: string;
  /** Its name. */
  object_id: string;
  /** Epoch milliseconds, for retention. */
  first_seen: number;
}

/** The key of each subject, wrapped by the disclosure key. */
interface DataKeyTable {
  ref: string;
  key_id: string;
  nonce: Uint8Array;
  content: Uint8Array;
}

/** One row: which disclosure key wraps the data keys. */
interface DisclosureKeyTable {
  only_one: number;
  key_id: string;
}

/** Who does a piece of work, and how far it has come. */
interface LeaseTable {
  name: string;
  owner: string;
  /** Epoch milliseconds. */
  until: number;
  fence: number;
  position: Generated<number>;
}

/** Policies that were in force, by the SHA-256 of their bytes. */
interface PolicyDocumentTable {
  sha256: string;
  content: Uint8Array;
}

/** Checkpoints that can be found by their size. Rows are only ever inserted. */
interface AuditCheckpointTable {
  log_id: number;
  size: number;
  /** As the log signed it. */
  note: string;
}

/** Entries that name the log's keys, which pruning leaves. Rows are only ever inserted. */
interface AuditKeptEntryTable {
  log_id: number;
  idx: number;
  body: Uint8Array;
}

/** Signature lines of witnesses under a kept checkpoint. Rows are only ever inserted. */
interface AuditCosignatureTable {
  log_id: number;
  size: number;
  name: string;
  key_id: string;
  line: string;
}

/** How the anchors of a log stand. */
interface AuditAnchorTable {
  log_id: number;
  name: string;
  kind: 'directory' | 'https' | 'witness';
  size: number;
  /** Epoch milliseconds. */
  anchored_at: number | null;
  failure: string | null;
}

/** One row per hold, as the log has it. */
export interface HoldTable {
  log_id: number;
  /** Index of the intent of the pause that made it. */
  idx: number;
  /** Event id of that intent. */
  id: string;
  service_principal_id: string;
  job_id: string;
  owner: string;
  /** Epoch milliseconds, as `until`. */
  since: number;
  until: number | null;
  ticket: string | null;
  origin: 'running' | 'stopped' | 'unknown';
  contested: number;
  state: Hold['state'];
  /** Of states that have one. */
  reason: string | null;
  /** The start that is under way, or the hold that replaced this one. */
  other: string | null;
  generation: number;
}

/** What is to be done about holds, and which replica is at it. */
/** The last change of each job, which the appends of entries keep. */
interface JobChangeTable {
  log_id: number;
  service_principal_id: string;
  job_id: string;
  idx: number;
}

interface HoldTimerTable {
  log_id: number;
  idx: number;
  kind: TimerKind;
  /** Epoch milliseconds, as `lease_until`. */
  due_at: number;
  lease_owner: string | null;
  lease_until: Generated<number>;
  fence: Generated<number>;
  attempts: Generated<number>;
  last_error: string | null;
}

/** How far the alarms of a log have been delivered to a destination. */
interface AlarmDestinationTable {
  log_id: number;
  name: string;
  position: number;
  attempts: Generated<number>;
  /** Epoch milliseconds. */
  retry_at: Generated<number>;
  failure: Generated<string | null>;
  /** Of the lease under which the row was last written. */
  fence: Generated<number>;
}

/** Alarms that were not delivered. */
interface AlarmParkedTable {
  log_id: number;
  destination: string;
  idx: number;
  name: string;
  reason: string;
  /** Epoch milliseconds. */
  parked_at: number;
  /** Whether it is to be tried again. */
  again: Generated<number>;
}

/** Requests that are to be done once. Nothing in it tells a caller or a key. */
interface IdempotencyClaimTable {
  id: string;
  /** Digest of what the key stands for. */
  request: string;
  token: string;
  /** Epoch milliseconds, as `ends_at`. */
  lease_until: number;
  ends_at: number;
  /** Event id of what was recorded last under the claim. */
  event: string | null;
  /** Sealed under the key of the request. */
  reply: Uint8Array | null;
}

/** How often callers have asked in their window. Its columns are those of rate-limiter-flexible. */
interface RateLimitTable {
  key: string;
  points: number;
  /** Epoch milliseconds. */
  expire: number | null;
}

/** Sessions of the console. `digest` is the SHA-256 of what the browser has; `content` the sealed tokens. */
export interface ConsoleSessionTable {
  digest: string;
  generation: number;
  started_by: string;
  subject: string;
  issuer_session: string | null;
  /** Epoch milliseconds, as the other times. */
  signed_in_at: number;
  seen_at: number;
  ends_at: number;
  nonce: Uint8Array;
  content: Uint8Array;
  /** Why and when it ended; the row stays until that is recorded. */
  ending: string | null;
  ended_at: number | null;
}

/** What may be used once, and until when a second use is noticed. */
interface OneTimeUseTable {
  digest: string;
  until: number;
}

interface BulkOperationTable {
  log_id: number;
  /** Event id of its entry. */
  id: string;
  action: 'pause' | 'start';
  owner: string;
  /** Of its entry, once that is on record. */
  idx: number | null;
  /** Epoch milliseconds. */
  ended_at: number | null;
}

/** One row per job of a bulk operation. */
export interface BulkItemTable {
  log_id: number;
  id: string;
  position: number;
  service_principal_id: string;
  job_id: string;
  alias: string | null;
  state: BulkProgress['state'];
  event_id: string | null;
  code: string | null;
  detail: string | null;
}

/** The tables, as both dialects know them. */
export interface Database {
  audit_head: AuditHeadTable;
  audit_leaf: AuditLeafTable;
  audit_tile: AuditTileTable;
  audit_private: AuditPrivateTable;
  audit_checkpoint: AuditCheckpointTable;
  audit_kept_entry: AuditKeptEntryTable;
  audit_cosignature: AuditCosignatureTable;
  audit_anchor: AuditAnchorTable;
  subject: SubjectTable;
  data_key: DataKeyTable;
  disclosure_key: DisclosureKeyTable;
  lease: LeaseTable;
  policy_document: PolicyDocumentTable;
  hold: HoldTable;
  job_change: JobChangeTable;
  hold_timer: HoldTimerTable;
  alarm_destination: AlarmDestinationTable;
  alarm_parked: AlarmParkedTable;
  idempotency_claim: IdempotencyClaimTable;
  rate_limit: RateLimitTable;
  console_session: ConsoleSessionTable;
  one_time_use: OneTimeUseTable;
  bulk_operation: BulkOperationTable;
  bulk_item: BulkItemTable;
}
