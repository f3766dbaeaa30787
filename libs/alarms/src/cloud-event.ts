import { type Alarm, subjectOf } from './alarm.ts';
import { alarmTable } from './alarm-table.ts';

/** What the types of all alarms begin with. */
export const typePrefix = 'com.interlock.alarm.';

/** Names the form of `data`; a change that a receiver could misunderstand gets a new number. */
export const alarmSchema = 'urn:interlock:alarm:1';

/** As long as the largest index. */
const sequenceDigits = String(Number.MAX_SAFE_INTEGER).length;

/**
 * An alarm as a CloudEvent in JSON (`application/cloudevents+json`). `personal` are fields that the destination may have
 * in plain. Equal for every attempt and every destination of equal rights, so that receivers can tell a repetition by
 * `source` and `id`.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 * @see https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/sequence.md
 */
export function cloudEvent(alarm: Alarm, origin: string, personal: Readonly<Record<string, unknown>> = {}): string {
  const { name, index, leafHash, entry } = alarm;
  const subject = subjectOf(entry);
  return JSON.stringify({
    specversion: '1.0',
    id: entry.id,
    source: `https://${origin}`,
    type: typePrefix + name,
    ...(subject !== undefined && { subject }),
    time: entry.time,
    datacontenttype: 'application/json',
    dataschema: alarmSchema,
    // Padded, because the extension wants it to sort as text.
    sequence: String(index).padStart(sequenceDigits, '0'),
    data: {
      summary: alarmTable[name].summary,
      index,
      leafHash,
      entry,
      ...(Object.keys(personal).length > 0 && { personal }),
    },
  });
}
