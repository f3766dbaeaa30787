import { z } from 'zod';
import type { StoredEntry } from '../log-store.ts';
import { csvRecord } from './csv-cell.ts';
import type { ExportFormat } from './export-format.ts';
import { leafJson } from './leaf-json.ts';
import type { SignedCount } from './signed-count.ts';

const leaf = z.looseObject({
  code: z.string().optional(),
  recorded: z.string().optional(),
  actor: z.looseObject({ kind: z.string().optional(), tid: z.string().optional() }).optional(),
  resource: z.looseObject({ alias: z.string().optional() }).optional(),
  deny_code: z.string().optional(),
  outcome_reason: z.string().optional(),
  policy: z.looseObject({ sha256: z.string().optional() }).optional(),
});
type Read = z.infer<typeof leaf>;
type Cell = string | number | undefined;

/** Name and content of each column. All is read from the leaf's own bytes or compared with them by the verifier. */
const columns: readonly (readonly [name: string, cell: (entry: StoredEntry, event: Read) => Cell])[] = [
  ['index', ({ index }) => index],
  ['time', ({ columns: { time } }) => time],
  ['type', ({ columns: { type } }) => type],
  ['code', (_, { code }) => code],
  ['actor_kind', (_, { actor }) => actor?.kind],
  ['actor', ({ columns: { actor } }) => actor],
  ['tenant', (_, { actor }) => actor?.tid],
  ['application', ({ columns: { application } }) => application],
  ['action', ({ columns: { action } }) => action],
  ['service_principal', ({ columns: { servicePrincipalId } }) => servicePrincipalId],
  ['job', ({ columns: { jobId } }) => jobId],
  ['alias', (_, { resource }) => resource?.alias],
  ['decision', ({ columns: { decision } }) => decision],
  ['rule', ({ columns: { rule } }) => rule],
  ['deny_code', (_, { deny_code }) => deny_code],
  ['policy_sha256', (_, { policy }) => policy?.sha256],
  ['ticket', ({ columns: { ticket } }) => ticket],
  ['outcome', ({ columns: { outcome } }) => outcome],
  ['outcome_reason', (_, { outcome_reason }) => outcome_reason],
  ['request_id', ({ columns: { requestId } }) => requestId],
  ['client_request_id', ({ columns: { clientRequestId } }) => clientRequestId],
  ['event_id', ({ eventId }) => eventId],
  ['parent', ({ columns: { parent } }) => parent],
  ['recorded', (_, { recorded }) => recorded],
];

/**
 * Comma-separated values for people with spreadsheets. Who wants to verify takes the other format: this one has no leaf
 * bytes. The last record has `signed-count` in place of an index, then count, query, checkpoint and signature, with
 * newlines escaped as in every field.
 */
export const csvFormat: ExportFormat = {
  mediaType: 'text/csv; charset=utf-8; header=present',
  head: csvRecord(columns.map(([name]) => name)),
  entry(entry: StoredEntry): string {
    const event = leaf.safeParse(leafJson(entry.body)).data ?? {};
    return csvRecord(columns.map(([, cell]) => cell(entry, event)));
  },
  end({ count, query, checkpoint, signature }: SignedCount): string {
    const cells: Cell[] = ['signed-count', count, query, checkpoint, signature];
    // RFC 4180 §2.4: every record has as many fields as the first.
    return csvRecord([...cells, ...columns.slice(cells.length).map(() => undefined)]);
  },
};
