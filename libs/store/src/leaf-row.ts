import type { LeafColumns } from '#audit';
import type { AuditLeafTable } from './schema.ts';

/** Column of each copied leaf field, in the order of the table. */
export const columnOf = {
  type: 'type',
  time: 'time',
  parent: 'parent',
  actor: 'actor',
  application: 'application',
  action: 'action',
  servicePrincipalId: 'service_principal_id',
  jobId: 'job_id',
  decision: 'decision',
  outcome: 'outcome',
  rule: 'rule',
  ticket: 'ticket',
  requestId: 'request_id',
  clientRequestId: 'client_request_id',
} as const satisfies Record<keyof LeafColumns, keyof AuditLeafTable>;

type LeafField = keyof LeafColumns;

/** The fields in the order of {@link columnOf}. */
export const leafFields = Object.keys(columnOf) as readonly LeafField[];

/** The fields of a summary. */
export const summaryFields = ['type', 'time', 'parent', 'outcome', 'servicePrincipalId', 'jobId'] as const;

/** Copied fields of a row, all of them unless told which; null columns are absent. */
export function columnsOfRow<Field extends LeafField>(
  row: Pick<AuditLeafTable, (typeof columnOf)[Field]>,
  fields: readonly Field[],
): Pick<LeafColumns, Field> {
  const columns: Partial<Record<LeafField, string>> = {};
  for (const field of fields) {
    const value: string | null = row[columnOf[field]];
    if (value !== null) columns[field] = value;
  }
  return columns as Pick<LeafColumns, Field>;
}
