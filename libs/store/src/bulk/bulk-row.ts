import type { BulkItem, BulkProgress } from '#audit';
import { type EventId, readJobId, ServicePrincipalId } from '#kernel';
import type { BulkItemTable } from '../schema.ts';
import { StoreError } from '../store-error.ts';

/** A row of `bulk_item` without its operation. */
export type BulkItemRow = Omit<BulkItemTable, 'log_id' | 'id'>;

/** The columns of a {@link BulkItemRow}. */
export const bulkItemColumns = [
  'position',
  'service_principal_id',
  'job_id',
  'alias',
  'state',
  'event_id',
  'code',
  'detail',
] as const satisfies readonly (keyof BulkItemRow)[];

/** The columns that tell how far an item is. */
export function columnsOfProgress(progress: BulkProgress): Pick<BulkItemRow, 'state' | 'event_id' | 'code' | 'detail'> {
  return {
    state: progress.state,
    event_id: ('event' in progress ? progress.event : undefined) ?? null,
    code: 'code' in progress ? progress.code : null,
    detail: ('detail' in progress ? progress.detail : undefined) ?? null,
  };
}

/** The item of a row; `store_corrupt` when it is none. */
export function itemOfRow(row: BulkItemRow): BulkItem {
  const [servicePrincipalId, jobId] = [ServicePrincipalId.read(row.service_principal_id), readJobId(row.job_id)];
  if (servicePrincipalId === undefined || jobId === undefined) throw corrupt();
  return {
    position: row.position,
    job: { servicePrincipalId, jobId },
    ...(row.alias !== null && { alias: row.alias }),
    progress: progressOfRow(row),
  };
}

function progressOfRow({ state, event_id, code, detail }: BulkItemRow): BulkProgress {
  const event = event_id === null ? undefined : (event_id as EventId);
  switch (state) {
    case 'waiting':
    case 'in_progress':
      return { state };
    case 'done':
      if (event === undefined) throw corrupt();
      return { state, event };
    case 'denied':
    case 'failed':
    case 'unknown':
      if (code === null) throw corrupt();
      return { state, code, ...(event !== undefined && { event }), ...(detail !== null && { detail }) };
  }
}

function corrupt(): StoreError {
  return new StoreError('store_corrupt', 'bulk_item');
}
