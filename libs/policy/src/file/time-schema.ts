import { z } from 'zod';
import { readInstant } from '../time/instant.ts';
import { readWallTime } from '../time/wall-time.ts';
import { weekdays, Zone } from '../time/zone.ts';
import { plainMessage } from './plain-message.ts';
import { list, shared, term, whenRead } from './schema-terms.ts';

/** A date and time with zone. */
export const instant = term(readInstant, 'must be a date and time with zone, such as 2026-12-20T00:00:00Z', {
  format: 'date-time',
  pattern: '^\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:[Zz]|[+-]\\d\\d:\\d\\d)$',
});

const period = z
  .strictObject({ from: instant.exactOptional(), to: instant.exactOptional() })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    error: '"from" must be before "to"',
    when: whenRead('from', 'to'),
  })
  .refine((span) => 'from' in span || 'to' in span, { error: 'needs "from", "to" or both', when: whenRead() })
  .meta({ minProperties: 1 });

const periods = list(period);

/** `during` of a rule: one period or a list. A union would hide what is wrong within it. */
export const duringSchema = z
  .unknown()
  .meta(formOfDuring())
  .transform((given, context): z.output<typeof periods> => {
    const isList = Array.isArray(given);
    const read = isList
      ? periods.safeParse(given, { error: plainMessage })
      : period.transform((one) => [one]).safeParse(given, { error: plainMessage });
    if (read.success) return read.data;
    for (const { path, message, ...issue } of read.error.issues) {
      if (issue.code !== 'unrecognized_keys') context.issues.push({ code: 'custom', path, message, input: given });
      else context.issues.push({ code: issue.code, keys: issue.keys, path, message, input: undefined });
    }
    return z.NEVER;
  });

/** One period or a list, which no zod type says here. */
function formOfDuring(): z.core.JSONSchema.BaseSchema {
  const { $schema: _dialect, ...form } = z.toJSONSchema(z.union([period, periods]), { io: 'input' });
  return form;
}

const wallTime = term(readWallTime, 'must be a time from "00:00" to "24:00"', {
  pattern: '^(?:(?:[01]\\d|2[0-3]):[0-5]\\d|24:00)$',
});

const zone = term(
  shared((text) => Zone.read(text)),
  'must be a time zone of the IANA database, such as Europe/Berlin',
  { pattern: '^[A-Za-z]' },
);

const window = z
  .strictObject({
    zone,
    days: list(z.enum(weekdays)).exactOptional(),
    from: wallTime.refine((time) => time < 1440, 'must be before "24:00"'),
    to: wallTime,
  })
  .refine(({ from, to }) => from !== to, {
    error: '"from" and "to" are the same; a whole day is "00:00" to "24:00"',
    when: whenRead('from', 'to'),
  });

/** `windows` of a rule. */
export const windowsSchema = list(window);
