import type { AuditEvent } from './audit-event.ts';

/** The log's own first entry: which key signs it and which schema its entries have. */
export interface LogCreated {
  readonly type: 'log.created';
  readonly vkey: string;
}

/** What can stand in the log. */
export type LoggedEvent = AuditEvent | LogCreated;

const codes: Readonly<Record<LoggedEvent['type'], string>> = {
  'log.created': 'LOG01',
  'service.started': 'SVC01',
  'service.stopped': 'SVC02',
  'request.denied': 'REQ01',
  'requests.refused': 'REQ02',
  'self-check.intent': 'SLF01',
  'self-check.outcome': 'SLF02',
  'list.intent': 'LST01',
  'list.outcome': 'LST02',
  'read.intent': 'RED01',
  'read.outcome': 'RED02',
  'pause.intent': 'PAU01',
  'pause.outcome': 'PAU02',
  'start.intent': 'STA01',
  'start.outcome': 'STA02',
};

/**
 * Short stable code for filters and alerts, such as `PAU01I`. The last letter: `I` as wished, `W` refused or failed,
 * `E` somebody has to look into it (an unknown outcome).
 */
export function eventCode(event: LoggedEvent): string {
  return codes[event.type] + severityOf(event);
}

const outcomeSeverities = { success: 'I', failure: 'W', unknown: 'E' } as const;

function severityOf(event: LoggedEvent): 'I' | 'W' | 'E' {
  if (event.type === 'request.denied' || event.type === 'requests.refused') return 'W';
  if (event.type === 'self-check.outcome' && event.outcome === 'success') return event.findings ? 'W' : 'I';
  return 'outcome' in event ? outcomeSeverities[event.outcome] : 'I';
}
