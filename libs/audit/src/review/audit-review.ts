import type { EventId } from '#kernel';
import { AuditLogError } from '../audit-error.ts';
import type { AuditRead } from '../review-event.ts';
import type { AuditLog } from '../audit-log.ts';
import type { ExportFormatName } from '../export/export-formats.ts';
import type { StoredEntry } from '../log-store.ts';
import type { AuditQuery } from '../search/audit-query.ts';
import type { AuditSearch, FoundPart, SearchPage } from '../search/audit-search.ts';
import { formatQuery } from '../search/format-query.ts';
import { pseudonymous } from '../search/pseudonymous-query.ts';
import { exportChunks } from './export-chunks.ts';
import type { KeptFields } from '../privacy/kept-fields.ts';
import { type AuditOperation, foldOperation } from './operation-state.ts';
import { readEventOf, recordableText } from './recorded-read.ts';
import type { Reviewed, Reviewer, ReviewPage } from './reviewer.ts';

/**
 * The log as reviewers read it. Each read is recorded before its result is handed out, and an export before its first
 * byte: what cannot be recorded is not shown (AuditUnavailable). Queries may throw QueryMalformed and ActorUnknown.
 */
export class AuditReview {
  readonly #log: AuditLog;
  readonly #search: AuditSearch;

  constructor(log: AuditLog, search: AuditSearch) {
    this.#log = log;
    this.#search = search;
  }

  /** One item per request: what began it and what became of it. */
  async operations(asked: AuditQuery, page: ReviewPage, reviewer: Reviewer): Promise<Reviewed<AuditOperation>> {
    const query = await pseudonymous(asked, this.#search);
    const text = recordableText(query);
    const found = await this.#page(page, (part) => this.#search.operations(query, part));
    const following = await this.#search.following(found.items.map(({ eventId }) => eventId));
    const ofParent = Map.groupBy(following, ({ columns }) => columns.parent);
    const items = found.items.map((began) => foldOperation(began, ofParent.get(began.eventId) ?? []));
    await this.#record(reviewer, 'operations', text, items.length);
    return { ...found, items };
  }

  /** The operation that began with this event; `entry_unknown` when none did. */
  async operation(eventId: EventId, reviewer: Reviewer): Promise<AuditOperation> {
    const began = await this.#search.find(eventId);
    if (began === undefined || !/^request\.denied$|\.intent$/.test(began.columns.type)) throw unknown();
    const following = await this.#search.following([eventId]);
    await this.#record(reviewer, 'operation', indexQuery(began.index), 1);
    return foldOperation(began, following);
  }

  /** The events as they are recorded. */
  async events(asked: AuditQuery, page: ReviewPage, reviewer: Reviewer): Promise<Reviewed<StoredEntry>> {
    const query = await pseudonymous(asked, this.#search);
    const text = recordableText(query);
    const found = await this.#page(page, (part) => this.#search.events(query, part));
    await this.#record(reviewer, 'events', text, found.items.length);
    return found;
  }

  /** The event of that index; `entry_unknown` when the log has none, `entry_pruned` when it has none any more. */
  async event(index: number, reviewer: Reviewer): Promise<StoredEntry & { readonly personal: KeptFields }> {
    const entry = await this.#log.entry(index);
    const personal = await this.#log.personal(entry);
    await this.#record(reviewer, 'event', indexQuery(index), 1);
    return { ...entry, personal };
  }

  /** Puts on record that the reviewer looked at this entry; refuses what {@link event} refuses. Gives the new entry's id. */
  async reviewed(index: number, note: string | undefined, { request, caller }: Reviewer): Promise<EventId> {
    const { eventId: parent } = await this.#log.entry(index);
    const about = { parent, index, ...(note !== undefined && { note }) };
    const { eventId } = await this.#log.record({ type: 'audit.reviewed', request, caller, ...about });
    return eventId;
  }

  /** Entries `from <= index < to`; `entry_unknown` unless the log has all of them, `entry_pruned` when it had. */
  async entries(from: number, to: number, reviewer: Reviewer): Promise<readonly StoredEntry[]> {
    const entries = await this.#log.entries(from, to);
    if (entries.length !== to - from) {
      await this.#log.assertKept(from);
      throw unknown();
    }
    await this.#record(reviewer, 'entries', indexQuery(from, to - 1), entries.length);
    return entries;
  }

  /**
   * All entries that a query finds, in chunks of text, with the signed count at the end. Recorded when this resolves;
   * how far the receiver took it is recorded at the end. Iterating again would be another export: ask anew.
   */
  async export(asked: AuditQuery, format: ExportFormatName, reviewer: Reviewer): Promise<AsyncIterable<string>> {
    const query = await pseudonymous(asked, this.#search);
    const snapshot = await this.#log.latest();
    const text = recordableText(query);
    const { eventId } = await this.#log.record({ ...readEventOf(reviewer), view: 'export', query: text, format });
    const find = (page: SearchPage) => this.#search.events(query, page);
    return exportChunks({ log: this.#log, find, snapshot, query: text, format, eventId });
  }

  async #page(page: ReviewPage, find: (page: SearchPage) => Promise<FoundPart>): Promise<Reviewed<StoredEntry>> {
    const { size } = await this.#log.latest();
    // One more than is given out tells whether there is a next page.
    const { found, next: unseen } = await find({ ...page, size, limit: page.limit + 1 });
    const given = found.slice(0, page.limit);
    const next = found.length > page.limit ? given.at(-1)?.position : unseen;
    return { size, items: given.map(({ entry }) => entry), ...(next !== undefined && { next }) };
  }

  async #record(reviewer: Reviewer, view: AuditRead['view'], query: string, count: number): Promise<void> {
    await this.#log.record({ ...readEventOf(reviewer), view, query, count });
  }
}

function indexQuery(from: number, to = from): string {
  return formatQuery([{ kind: 'index', from, to, negated: false }]);
}

function unknown(): AuditLogError {
  return new AuditLogError('entry_unknown', 'The log has no such entry');
}
