import type { ReportedEntry } from './reported-entry.ts';

interface RowOfAlarm {
  /** The types of entries that may be this alarm. */
  readonly of: readonly string[];
  /** Outcomes that they must have besides; the log finds these without reading the entry. */
  readonly outcomes?: readonly string[];
  /** One plain sentence for whoever is woken by it. */
  readonly summary: string;
}

/** An alarm that each such entry raises. */
interface Occurrence extends RowOfAlarm {
  readonly when?: (entry: ReportedEntry) => boolean;
}

/** An alarm about a state that entry after entry tells of. It is raised when the state changes, and daily while it lasts. */
interface Condition extends RowOfAlarm {
  /** The state; empty when all is well, undefined when the entry tells nothing of it. */
  readonly state: (entry: ReportedEntry) => string | undefined;
}

const findings = (entry: ReportedEntry, ...kinds: readonly string[]): string | undefined => {
  if (entry.outcome !== 'success') return undefined;
  return (entry.findings ?? []).filter((finding) => kinds.some((kind) => finding.startsWith(kind))).join(', ');
};

/**
 * Which entries of the log are alarms: a new alarm is a row here and one in docs/alarms.md. An entry is at most one of
 * them, because its id becomes that of the alarm.
 */
export const alarmTable = {
  'hold-expired': {
    of: ['hold.ended', 'start.intent'],
    // Only a start that nobody asked for is the end of a hold by its time; it may take several attempts.
    state: ({ type, actor, ending, parent }) => {
      const isOwnStart = type === 'start.intent' && actor?.kind === 'system';
      return isOwnStart || ending?.reason === 'expired' ? parent : undefined;
    },
    summary: 'The time of a hold is over. If it was the last one, its job is being started again.',
  },
  'not-resumed': {
    of: ['hold.ended'],
    when: ({ ending }) => ending?.kind === 'not_resumed',
    summary: 'The last hold of a job has ended, and the job was left paused.',
  },
  superseded: {
    of: ['hold.ended'],
    when: ({ ending }) => ending?.kind === 'superseded',
    summary: 'A job that Interlock held was started by somebody else.',
  },
  'break-glass': {
    of: ['policy.break_glass_used'],
    summary: 'A break-glass rule was used.',
  },
  'unknown-outcome': {
    of: ['pause.outcome', 'start.outcome'],
    outcomes: ['unknown'],
    summary: 'Nobody saw whether Microsoft Graph paused or started a job. Interlock is finding out.',
  },
  inconclusive: {
    of: ['pause.reconciled', 'start.reconciled'],
    outcomes: ['inconclusive'],
    summary: 'It could not be found out whether a job was paused or started.',
  },
  reconciled: {
    of: ['pause.reconciled', 'start.reconciled'],
    outcomes: ['applied', 'not_applied'],
    summary: 'It was found out whether a job was paused or started when nobody had seen it.',
  },
  'credential-over-privileged': {
    of: ['self-check.outcome'],
    state: (entry) => (entry.check === 'roles' ? findings(entry, 'role_not_allowed ') : undefined),
    summary: 'The credential of Interlock holds app roles that it must not have.',
  },
  'credential-insufficient': {
    of: ['self-check.outcome'],
    state: (entry) =>
      entry.check === 'roles' || entry.check === 'ownership'
        ? findings(entry, 'role_missing ', 'not_owned ')
        : undefined,
    summary: 'The credential of Interlock lacks an app role, or does not own a service principal of the policy.',
  },
  'log-trouble': {
    of: ['log.anchor_failed'],
    summary: 'The audit log is not what it should be: an anchor refuses its checkpoints, or an entry cannot be read.',
  },
  'log-key-rotated': {
    of: ['log.key.rotated'],
    summary: 'Another key signs the audit log.',
  },
  'log-maintained': {
    of: ['privacy.erasing', 'privacy.hold.released', 'privacy.rewrapped', 'log.pruning'],
    summary: 'An operator takes something from the audit log: personal fields, entries, a legal hold or a key.',
  },
  'policy-changed': {
    of: ['policy.changed'],
    summary: 'Another policy is in force.',
  },
  'requests-refused': {
    of: ['requests.refused'],
    state: () => 'refused',
    summary: 'Strangers send so many requests that they are only counted.',
  },
  'alarm-parked': {
    of: ['alarm.parked'],
    // Else two destinations that refuse everything would tell each other for ever.
    when: ({ alarm }) => alarm?.name === undefined || !isAboutAlarms(alarm.name),
    summary: 'An alarm could not be delivered to another destination and waits there for an operator.',
  },
  'destination-failed': {
    of: ['alarm.destination_failed'],
    summary: 'Another destination does not take alarms.',
  },
  'destination-recovered': {
    of: ['alarm.destination_recovered'],
    summary: 'The other destination takes alarms again.',
  },
} as const satisfies Record<string, Occurrence | Condition>;

/** Short name of a type of alarm. */
export type AlarmName = keyof typeof alarmTable;

export const alarmNames = Object.keys(alarmTable) as readonly AlarmName[];

/** A row as code meets it that goes through the table. */
export type AlarmRow = Occurrence | Condition;

/** Whether alarms of that name tell of the delivery of alarms. */
export function isAboutAlarms(name: string): boolean {
  return name === 'alarm-parked' || name === 'destination-failed' || name === 'destination-recovered';
}
