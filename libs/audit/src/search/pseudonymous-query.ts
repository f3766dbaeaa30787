import type { AuditQuery, QueryTerm } from './audit-query.ts';
import type { AuditSearch } from './audit-search.ts';
import { ActorUnknown, QueryMalformed } from './query-malformed.ts';
import { pseudonymPattern } from './term-values.ts';

/**
 * The query with pseudonyms in place of object ids, so that it can be recorded: an object id is personal. Throws
 * {@link ActorUnknown}, and {@link QueryMalformed} when the id was seen in several tenants.
 */
export function pseudonymous(query: AuditQuery, search: AuditSearch): Promise<AuditQuery> {
  return Promise.all(query.map(async (term) => (isObjectId(term) ? withPseudonym(term, search) : term)));
}

type ActorTerm = Extract<QueryTerm, { readonly kind: 'value' }>;

function isObjectId(term: QueryTerm): term is ActorTerm {
  return term.kind === 'value' && term.field === 'actor' && !pseudonymPattern.test(term.value);
}

async function withPseudonym(term: ActorTerm, search: AuditSearch): Promise<ActorTerm> {
  const [ref, ...others] = await search.pseudonymsOf(term.value);
  if (ref === undefined) throw new ActorUnknown();
  if (others.length > 0) {
    throw new QueryMalformed(0, `one of the pseudonyms of that object id: ${[ref, ...others].join(', ')}`, 'actor');
  }
  return { ...term, value: ref };
}
