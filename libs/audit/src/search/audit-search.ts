import type { EventId } from '#kernel';
import type { StoredEntry } from '../log-store.ts';
import type { AuditQuery } from './audit-query.ts';

/** A part of what a query finds, in the order of the log. */
export interface SearchPage {
  readonly order: 'oldest' | 'newest';
  /** Entries at this index and beyond are not looked at: the log may grow while somebody pages through it. */
  readonly size: number;
  /** Position after which to go on, in the direction of the order. */
  readonly after?: number;
  readonly limit: number;
}

/** An entry and where the next page goes on after it. */
export interface Found {
  readonly entry: StoredEntry;
  readonly position: number;
}

/** What a search found, and where it goes on. */
export interface FoundPart {
  readonly found: readonly Found[];
  /**
   * Position after which to go on; absent when everything was looked through. A search looks at a bounded part of the log
   * at a time, so that there may be few entries or none before it.
   */
  readonly next?: number;
}

/**
 * Finds entries of one log by their copied columns. The copies can be wrong when somebody tampered with the database;
 * what is found is only as good as the verifier's last comparison of columns and bodies.
 */
export abstract class AuditSearch {
  /** Entries of which the query is true. An `actor` is a pseudonym here. */
  abstract events(query: AuditQuery, page: SearchPage): Promise<FoundPart>;

  /**
   * What began operations: denials, and intents that callers asked for, without the read before a pause. An `outcome`
   * is that of any event which names the intent as its parent; other terms are about the intent or denial itself.
   * With an outcome that is wanted, the order is that in which outcomes were recorded.
   */
  abstract operations(query: AuditQuery, page: SearchPage): Promise<FoundPart>;

  /** Events that name one of these as their parent, in the order of the log. */
  abstract following(intents: readonly EventId[]): Promise<readonly StoredEntry[]>;

  abstract find(eventId: EventId): Promise<StoredEntry | undefined>;

  /** Pseudonyms of an object id: one per tenant in which it was seen. */
  abstract pseudonymsOf(objectId: string): Promise<readonly string[]>;
}
