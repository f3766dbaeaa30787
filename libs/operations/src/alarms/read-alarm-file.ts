import { alarmFileSchema, type Destination, destinationsOf } from '#alarms';
import { personalFieldNames } from '#audit';
import { type PolicyProblem, readShape, readYaml } from '#policy';

const schema = alarmFileSchema(personalFieldNames);

/** What the bytes of an alarms file say, or all that is wrong with them. */
export type AlarmFileReading =
  | { readonly ok: true; readonly destinations: readonly Destination[] }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** Reads who hears of which alarms. Does not look at the secrets that the file names; `fileName` is for problems only. */
export function readAlarmFile(bytes: Uint8Array, fileName: string): AlarmFileReading {
  const reading = readYaml(bytes, fileName, { shape: (value) => readShape(schema, value), references: () => [] });
  return reading.ok ? { ok: true, destinations: destinationsOf(reading.file) } : reading;
}
