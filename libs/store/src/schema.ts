import type { Generated } from 'kysely';

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
  /** How `content` is sealed; `none` for the disclosure's own UTF-8 bytes. */
  sealing: 'none' | 'aes-256-gcm';
  key_id: string | null;
  nonce: Uint8Array | null;
  content: Uint8Array;
}

/** Pseudonyms. Deleting a row makes its `ref` unlinkable. */
interface SubjectTable {
  ref: string;
  tenant_id: string;
  object_id: string;
  /** Epoch milliseconds, for retention. */
  first_seen: number;
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

/** The tables, as both dialects know them. */
export interface Database {
  audit_head: AuditHeadTable;
  audit_leaf: AuditLeafTable;
  audit_tile: AuditTileTable;
  audit_private: AuditPrivateTable;
  subject: SubjectTable;
  lease: LeaseTable;
}
