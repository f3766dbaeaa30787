import { type AuditQuery, maxQueryLength, parseQuery, type TermName, termNames, withTerm } from '#audit';
import { z } from 'zod';

/** What a parameter of its own may be called: the name of a term, `-` in front is for the query text only. */
const terms = Object.fromEntries(
  termNames.map((name) => [name, z.string().min(1).max(maxQueryLength).optional()]),
) as Record<TermName, z.ZodOptional<z.ZodString>>;

const text = z.string().max(2 * maxQueryLength);

/** The filters that every search takes, as query parameters. */
const filters = {
  q: text.default('').describe('The query as one text, such as `action:pause outcome:unknown created:2026-01-01..*`.'),
  ...terms,
  purpose: text.optional().describe('Why the log is read; also as header Interlock-Purpose. Recorded.'),
};

/** Parameters of an export. */
export const exportParameters = z.strictObject({
  ...filters,
  format: z.enum(['ndjson', 'csv']).default('ndjson').describe('ndjson can be verified; csv is for spreadsheets.'),
});
export type ExportParameters = z.infer<typeof exportParameters>;

/** Parameters of a list of events. */
export const eventParameters = pageOf('oldest');
/** Parameters of a list of operations. */
export const operationParameters = pageOf('newest');
export type PageParameters = z.infer<typeof eventParameters>;

function pageOf(order: 'oldest' | 'newest') {
  return z.strictObject({
    ...filters,
    order: z.enum(['oldest', 'newest']).default(order).describe('Which come first.'),
    limit: z.coerce.number().int().min(1).max(1000).default(100).describe('How many at most.'),
    cursor: z.string().max(200).optional().describe('Where to go on: from the Link header of the page before.'),
  });
}

/** Only what is said about the read itself. */
export const readParameters = z.strictObject({ purpose: filters.purpose });
export type ReadParameters = z.infer<typeof readParameters>;

/** The query of the parameters: the text's terms and those that came apart. Throws QueryMalformed. */
export function queryOf(parameters: Pick<PageParameters, 'q' | TermName>): AuditQuery {
  let query = parseQuery(parameters.q);
  for (const name of termNames) {
    const value = parameters[name];
    if (value !== undefined) query = withTerm(query, name, value);
  }
  return query;
}
