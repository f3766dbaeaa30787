import { type EpochMillis, parseTimestamp } from '#kernel';
import { subjectOf } from './alarm.ts';
import { type AlarmName, alarmNames, type AlarmRow, alarmTable } from './alarm-table.ts';
import type { ReportedEntry } from './reported-entry.ts';

/** A condition that lasts is told again after this long. */
const againAfterMillis = 86_400_000;

const rowOf = (name: AlarmName): AlarmRow => alarmTable[name];

/** Whether an entry of that type and outcome may be an alarm, so that it has to be read. */
export function mayBeAlarm({
  type,
  outcome,
}: {
  readonly type: string;
  readonly outcome?: string | undefined;
}): boolean {
  return alarmNames.some((name) => mayBe(rowOf(name), type, outcome));
}

/** Finds the alarms among the entries of a log, which it has to be given in their order. Remembers what lasts. */
export class AlarmJudge {
  readonly #told = new Map<string, { readonly state: string; readonly at: EpochMillis }>();

  /** Which alarm the entry is, if any. */
  judge(entry: ReportedEntry): AlarmName | undefined {
    const raised = alarmNames.filter((name) => {
      const row = rowOf(name);
      if (!mayBe(row, entry.type, entry.outcome)) return false;
      return 'state' in row ? this.#isNews(name, row.state(entry), entry) : (row.when?.(entry) ?? true);
    });
    return raised[0];
  }

  #isNews(name: AlarmName, state: string | undefined, entry: ReportedEntry): boolean {
    if (state === undefined) return false;
    const key = `${name} ${subjectOf(entry) ?? ''}`;
    const told = this.#told.get(key);
    if (state === '') {
      this.#told.delete(key);
      return false;
    }
    const at = parseTimestamp(entry.time) ?? (0 as EpochMillis);
    if (told?.state === state && at - told.at < againAfterMillis) return false;
    this.#told.set(key, { state, at });
    return true;
  }
}

function mayBe({ of, outcomes }: AlarmRow, type: string, outcome: string | undefined): boolean {
  return of.includes(type) && (outcomes === undefined || (outcome !== undefined && outcomes.includes(outcome)));
}
