import { actions, type EpochMillis, ObjectId, parseTimestamp, readJobId } from '#kernel';
import type { QueryField } from './audit-query.ts';

/** What one field takes: `read` gives the value as the log holds it, or undefined. */
export interface FieldValues {
  readonly expected: string;
  readonly read: (text: string) => string | undefined;
}

const maxTextLength = 200;

const oneOf = (...values: readonly string[]): FieldValues => ({
  expected: `one of ${values.join(', ')}`,
  read: (text) => (values.includes(text) ? text : undefined),
});
const guid: FieldValues = { expected: 'a GUID', read: (text) => ObjectId.read(text) };
const text: FieldValues = {
  expected: `a text of at most ${maxTextLength} characters`,
  read: (value) => (value.length <= maxTextLength && value.isWellFormed() ? value : undefined),
};

/** The pseudonym that a leaf holds: 128 bits in base64url. */
export const pseudonymPattern = /^[A-Za-z0-9_-]{22}$/;

/** The values of each field. */
export const valuesOfField: Readonly<Record<QueryField, FieldValues>> = {
  actor: {
    expected: 'a pseudonym (22 characters) or an object id (GUID)',
    read: (value) => (pseudonymPattern.test(value) ? value : ObjectId.read(value)),
  },
  application: guid,
  action: oneOf(...actions),
  type: {
    expected: 'a type of event, such as pause.intent',
    read: (value) => (/^[a-z-]{1,32}(?:\.[a-z_]{1,32}){1,2}$/.test(value) ? value : undefined),
  },
  principal: guid,
  job: { expected: 'a job id', read: readJobId },
  decision: oneOf('allow', 'deny'),
  outcome: oneOf('success', 'failure', 'unknown', 'applied', 'not_applied', 'inconclusive'),
  rule: text,
  ticket: text,
  request: text,
  'client-request': text,
};

/** A point of time with the length of what was written: a day, or a millisecond. */
export interface TimeSpan {
  readonly from: EpochMillis;
  readonly to: EpochMillis;
}

const dayMillis = 86_400_000;

/** A date (the whole day, UTC) or an RFC 3339 time, or undefined when it is neither or not in the calendar. */
export function readTime(value: string): TimeSpan | undefined {
  const day = Date.parse(`${value.slice(0, 10)}T00:00:00.000Z`);
  // A date that the calendar lacks comes back as another one.
  if (Number.isNaN(day) || !new Date(day).toISOString().startsWith(value.slice(0, 10))) return undefined;
  if (value.length === 10) return { from: day as EpochMillis, to: (day + dayMillis - 1) as EpochMillis };
  const at = parseTimestamp(value);
  return at === undefined || !isFourDigitYear(at) ? undefined : { from: at, to: at };
}

/** Offsets lead out of the years that four digits write; times compare as texts only within them. */
function isFourDigitYear(at: EpochMillis): boolean {
  return new Date(at).toISOString().length === 24;
}

/** An index of the log, or undefined. */
export function readIndex(value: string): number | undefined {
  const index = /^(?:0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : undefined;
  return Number.isSafeInteger(index) ? index : undefined;
}
