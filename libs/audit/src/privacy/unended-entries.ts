import type { StoredEntry } from '../log-store.ts';
import { allFound } from '../search/all-found.ts';
import type { AuditQuery } from '../search/audit-query.ts';
import type { AuditSearch } from '../search/audit-search.ts';
import type { MaintenanceEvent } from './maintenance-event.ts';

type EventType = MaintenanceEvent['type'];

/** Entries of a type that no entry of the other type names as its parent, oldest first. */
export async function unendedEntries(
  search: AuditSearch,
  size: number,
  began: EventType,
  ended: EventType,
): Promise<readonly StoredEntry[]> {
  const query: AuditQuery = [{ kind: 'value', field: 'type', value: began, negated: false }];
  const unended: StoredEntry[] = [];
  for await (const found of allFound((page) => search.events(query, page), size)) {
    const following = await search.following(found.map(({ entry }) => entry.eventId));
    const over = new Set(following.flatMap(({ columns: { type, parent } }) => (type === ended ? [parent] : [])));
    unended.push(...found.map(({ entry }) => entry).filter(({ eventId }) => !over.has(eventId)));
  }
  return unended;
}
