import type { Caller, EventId } from '#kernel';
import type { RequestFacts } from './recorded-facts.ts';

/** What of the log was shown to a reviewer. */
export type AuditView = 'operations' | 'operation' | 'events' | 'event' | 'entries' | 'export' | 'evidence';

/** A reviewer read the log. An export or a bundle is recorded before its first byte is sent, without the count. */
export interface AuditRead {
  readonly type: 'audit.read';
  readonly request: RequestFacts;
  readonly caller: Caller;
  readonly view: AuditView;
  /** The query's own text. Object ids have been replaced by pseudonyms. */
  readonly query: string;
  /** How many operations or entries were given out. */
  readonly count?: number;
  readonly format?: 'ndjson' | 'csv';
  /** Names of the personal fields that were shown in clear. */
  readonly disclosed?: readonly string[];
  /** Why, in the reviewer's words; personal, so only its digest enters the leaf. */
  readonly purpose?: string;
}

/** How an export or a bundle ended: how many entries left the service. */
export interface AuditExported {
  readonly type: 'audit.exported';
  /** The `audit.read` that announced it. */
  readonly parent: EventId;
  readonly count: number;
  /** Whether the receiver took all of it, with the signed count at its end. */
  readonly complete: boolean;
  /** Of a complete bundle, in lower-case hex. */
  readonly sha256?: string;
}

/** A reviewer looked at an entry and says so: evidence that the log is read by people. */
export interface AuditReviewed {
  readonly type: 'audit.reviewed';
  readonly request: RequestFacts;
  readonly caller: Caller;
  /** The entry that was looked at. */
  readonly parent: EventId;
  readonly index: number;
  /** What the reviewer found, in their words; personal, so only its digest enters the leaf. */
  readonly note?: string;
}
