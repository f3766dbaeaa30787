import type { AuditEvent, Reconciliation } from './audit-event.ts';
import type { BulkEnded } from './bulk/bulk-event.ts';
import type { HoldEvent } from './hold-event.ts';

/** The log's own first entry: which key signs it and which schema its entries have. */
export interface LogCreated {
  readonly type: 'log.created';
  readonly vkey: string;
  /** The last good checkpoint of the log that this one succeeds. */
  readonly previous?: string;
}

/** Another key signs the log from the checkpoint behind this entry on, which both sign. */
export interface LogKeyRotated {
  readonly type: 'log.key.rotated';
  readonly vkey: string;
}

/** What can stand in the log. */
export type LoggedEvent = AuditEvent | Reconciliation | HoldEvent | LogCreated | LogKeyRotated;

const codes: Readonly<Record<LoggedEvent['type'], string>> = {
  'log.created': 'LOG01',
  'log.key.rotated': 'LOG02',
  'log.anchored': 'LOG03',
  'log.anchor_failed': 'LOG04',
  'service.started': 'SVC01',
  'service.stopped': 'SVC02',
  'request.denied': 'REQ01',
  'requests.refused': 'REQ02',
  'request.replayed': 'REQ03',
  'self-check.intent': 'SLF01',
  'self-check.outcome': 'SLF02',
  'list.intent': 'LST01',
  'list.outcome': 'LST02',
  'list.reconciled': 'LST03',
  'read.intent': 'RED01',
  'read.outcome': 'RED02',
  'read.reconciled': 'RED03',
  'pause.intent': 'PAU01',
  'pause.outcome': 'PAU02',
  'pause.reconciled': 'PAU03',
  'start.intent': 'STA01',
  'start.outcome': 'STA02',
  'start.reconciled': 'STA03',
  'bulk.started': 'BLK01',
  'bulk.ended': 'BLK02',
  'hold.ended': 'HLD01',
  'hold.extended': 'HLD02',
  'hold.confirmed': 'HLD03',
  'audit.read': 'AUD01',
  'audit.exported': 'AUD02',
  'audit.reviewed': 'AUD03',
  'privacy.erasing': 'PRV01',
  'privacy.erased': 'PRV02',
  'privacy.hold.placed': 'PRV03',
  'privacy.hold.released': 'PRV04',
  'privacy.rewrapped': 'PRV05',
  'log.pruning': 'RET01',
  'log.pruned': 'RET02',
  'policy.changed': 'POL01',
  'policy.read': 'POL02',
  'policy.break_glass_used': 'POL03',
  'alarm.parked': 'ALM01',
  'alarm.destination_failed': 'ALM02',
  'alarm.destination_recovered': 'ALM03',
  'alarm.disclosed': 'ALM04',
  'alarm.retried': 'ALM05',
  'session.started': 'SES01',
  'session.ended': 'SES02',
};

/**
 * Short stable code for filters and alerts, such as `PAU01I`. The last letter: `I` as wished, `W` refused or failed,
 * `E` somebody has to look into it (an unknown outcome, a change that could not be reconciled).
 */
export function eventCode(event: LoggedEvent): string {
  return codes[event.type] + severityOf(event);
}

const verdictSeverities = { applied: 'I', not_applied: 'W', inconclusive: 'E' } as const;
const endingSeverities = { released: 'I', superseded: 'W', not_resumed: 'E' } as const;
const outcomeSeverities = { success: 'I', failure: 'W', unknown: 'E' } as const;

function severityOf(event: LoggedEvent): 'I' | 'W' | 'E' {
  if (event.type === 'request.denied' || event.type === 'requests.refused') return 'W';
  if (event.type === 'self-check.outcome' && event.outcome === 'success') return event.findings ? 'W' : 'I';
  if (event.type === 'log.anchor_failed' || event.type === 'policy.break_glass_used') return 'E';
  if (event.type === 'alarm.parked' || event.type === 'alarm.destination_failed') return 'E';
  // A read has changed nothing, whatever became of it.
  if (event.type === 'read.reconciled' || event.type === 'list.reconciled') return 'I';
  if ('verdict' in event) return verdictSeverities[event.verdict];
  if (event.type === 'hold.ended') return endingSeverities[event.ending.kind];
  if (event.type === 'bulk.ended') return severityOfBulk(event.results);
  if (event.type === 'audit.exported') return event.complete ? 'I' : 'W';
  return 'outcome' in event ? outcomeSeverities[event.outcome] : 'I';
}

function severityOfBulk({ denied, failed, unknown, waiting }: BulkEnded['results']): 'I' | 'W' | 'E' {
  if (unknown > 0) return 'E';
  return denied + failed + waiting > 0 ? 'W' : 'I';
}
