import { type Hold } from '#holds';
import { type EpochMillis, type EventId, readJobId, ServicePrincipalId } from '#kernel';
import type { HoldTable } from '../schema.ts';
import { StoreError } from '../store-error.ts';

/** A row of `hold` without its log. */
export type HoldRow = Omit<HoldTable, 'log_id'>;

/** The columns of a {@link HoldRow}, in the order of the table. */
export const holdColumns = [
  'idx',
  'id',
  'service_principal_id',
  'job_id',
  'owner',
  'since',
  'until',
  'ticket',
  'origin',
  'contested',
  'state',
  'reason',
  'other',
  'generation',
] as const satisfies readonly (keyof HoldRow)[];

/** The columns that a change of a hold may change. */
export const changingColumns = [
  'until',
  'origin',
  'contested',
  'state',
  'reason',
  'other',
  'generation',
] as const satisfies readonly (keyof HoldRow)[];

export function rowOfHold(hold: Hold): HoldRow {
  return {
    idx: hold.index,
    id: hold.id,
    service_principal_id: hold.job.servicePrincipalId,
    job_id: hold.job.jobId,
    owner: hold.owner,
    since: hold.since,
    until: hold.until ?? null,
    ticket: hold.ticket ?? null,
    origin: hold.origin,
    contested: hold.contested ? 1 : 0,
    state: hold.state,
    reason: 'reason' in hold ? hold.reason : null,
    other: 'start' in hold ? hold.start : 'by' in hold ? hold.by : null,
    generation: hold.generation,
  };
}

/** The hold of a row that {@link rowOfHold} made; `store_corrupt` for any other. */
export function holdOfRow(row: HoldRow): Hold {
  const [servicePrincipalId, jobId] = [ServicePrincipalId.read(row.service_principal_id), readJobId(row.job_id)];
  if (servicePrincipalId === undefined || jobId === undefined) throw corrupt();
  const claim = {
    id: row.id as EventId,
    index: row.idx,
    job: { servicePrincipalId, jobId },
    owner: row.owner,
    since: row.since as EpochMillis,
    ...(row.until !== null && { until: row.until as EpochMillis }),
    ...(row.ticket !== null && { ticket: row.ticket }),
    origin: row.origin,
    contested: row.contested === 1,
    generation: row.generation,
  };
  return { ...claim, ...stateOfRow(row) } as Hold;
}

/** What is particular to a state. */
function stateOfRow({ state, reason, other }: HoldRow): object {
  switch (state) {
    case 'pausing':
    case 'pause_unknown':
    case 'held':
    case 'resumed':
    case 'superseded':
      return { state };
    case 'resuming':
    case 'resume_unknown':
      return { state, start: present(other) };
    case 'replaced':
      return { state, by: present(other) };
    case 'not_paused':
    case 'released':
    case 'not_resumed':
      return { state, reason: present(reason) };
  }
}

function present(value: string | null): string {
  if (value === null) throw corrupt();
  return value;
}

function corrupt(): StoreError {
  return new StoreError('store_corrupt', 'hold');
}
