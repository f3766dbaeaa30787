import type { AuditQuery } from '../search/audit-query.ts';
import { formatQuery } from '../search/format-query.ts';
import { maxRecordedQuery } from '../search/query-limits.ts';
import { QueryMalformed } from '../search/query-malformed.ts';
import type { Reviewer } from './reviewer.ts';

/** What the event of a read says about who reads and why. */
export function readEventOf({ request, caller, purpose }: Reviewer) {
  return { type: 'audit.read', request, caller, ...(purpose !== undefined && { purpose }) } as const;
}

/** The query's text; QueryMalformed when it is too long for an entry: cut, it would say something else. */
export function recordableText(query: AuditQuery): string {
  const text = formatQuery(query);
  if (text.length > maxRecordedQuery)
    throw new QueryMalformed(0, `at most ${maxRecordedQuery} characters in all terms`);
  return text;
}
