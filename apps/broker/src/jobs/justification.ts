import { type EpochMillis, InvalidInput, type Justification, parseTimestamp } from '#kernel';
import type { FastifyRequest } from 'fastify';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

const longestPauseMillis = 366 * 24 * 60 * 60 * 1000;

const plainText = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    // eslint's no-control-regex does not apply to a property escape: tabs and line breaks may stand in a reason.
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(text), 'holds control characters');

/** The optional JSON body of a pause or start. */
export const justificationBody = z
  .strictObject({
    reason: plainText(1000).describe('Why, in plain words. Kept as a digest in the log.'),
    ticket: plainText(128).describe('Change or incident number.'),
    duration: z.iso.duration().describe('How long the pause shall last, ISO 8601, for example PT2H.'),
    until: z.iso.datetime({ offset: true }).describe('When the pause shall end, RFC 3339.'),
  })
  .partial();

type Fields = z.infer<typeof justificationBody>;
type Field = keyof Fields;

/** The same fields as headers, for clients that cannot send a body. */
export const justificationHeaders: Readonly<Record<Field, string>> = {
  reason: 'interlock-reason',
  ticket: 'interlock-ticket',
  duration: 'interlock-duration',
  until: 'interlock-until',
};

const fieldNames = Object.keys(justificationHeaders) as readonly Field[];

/**
 * The justification of a request, from its body or its headers; the same field may stand in both if it is equal.
 * `now` turns a duration into an end. Throws {@link InvalidInput}.
 */
export function justificationOf(request: FastifyRequest, now: EpochMillis): Justification {
  const body = request.body === undefined ? {} : parse(request.body ?? {}, 'body');
  const given = headerFields(request);
  return justificationFrom(given === undefined ? body : merged(body, parse(given, 'header')), now);
}

function merged(body: Fields, headers: Fields): Fields {
  for (const name of fieldNames) {
    if (body[name] !== undefined && headers[name] !== undefined && body[name] !== headers[name]) throw conflict(name);
  }
  return { ...body, ...headers };
}

/** The justification of fields that have been read already. `now` turns a duration into an end. Throws {@link InvalidInput}. */
export function justificationFrom(fields: Fields, now: EpochMillis): Justification {
  const { reason, ticket } = fields;
  const until = endOf(fields, now);
  const justification: { -readonly [Name in keyof Justification]: Justification[Name] } = {};
  if (reason !== undefined) justification.reason = reason;
  if (ticket !== undefined) justification.ticket = ticket;
  if (until !== undefined) justification.until = until;
  return justification;
}

function parse(input: unknown, source: 'body' | 'header'): Fields {
  const result = justificationBody.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const key = String(issue.keys[0]).slice(0, 64);
    throw new InvalidInput('unknown_field', `The body has an unknown field. Known are: ${fieldNames.join(', ')}.`, key);
  }
  const name = issue?.path[0];
  if (typeof name !== 'string') throw new InvalidInput('body_malformed', 'The body must be a JSON object.', source);
  const shown = source === 'header' ? justificationHeaders[name as Field] : name;
  throw new InvalidInput('field_invalid', `${shown} is not valid: ${formOf[name as Field]}.`, shown);
}

const formOf: Readonly<Record<Field, string>> = {
  reason: 'it must be 1 to 1000 characters of plain text',
  ticket: 'it must be 1 to 128 characters of plain text',
  duration: 'it must be a positive ISO 8601 duration in days or less, such as PT2H, of at most 366 days',
  until: 'it must be an RFC 3339 date-time with zone in the future, such as 2026-12-01T08:00:00Z',
};

function headerFields(request: FastifyRequest): Partial<Record<Field, string>> | undefined {
  let fields: Partial<Record<Field, string>> | undefined;
  const { headers } = request;
  for (const name of fieldNames) {
    const header = justificationHeaders[name];
    if (headers[header] === undefined) continue;
    const values = new Set(request.raw.headersDistinct[header]);
    if (values.size > 1) throw conflict(name);
    const [value = ''] = values;
    fields = { ...fields, [name]: decodeHeader(value, header) };
  }
  return fields;
}

/** Node hands header bytes over as Latin-1; what clients send beyond ASCII is UTF-8. */
function decodeHeader(value: string, header: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    throw new InvalidInput('field_invalid', `${header} is not valid UTF-8.`, header);
  }
}

function endOf(fields: Fields, now: EpochMillis): EpochMillis | undefined {
  const { duration, until } = fields;
  if (duration !== undefined && until !== undefined) {
    throw new InvalidInput('justification_conflict', 'Give either duration or until, not both.', 'duration');
  }
  if (duration !== undefined) {
    const millis = millisOf(duration);
    if (!(millis > 0 && millis <= longestPauseMillis)) throw invalid('duration');
    return (now + millis) as EpochMillis;
  }
  if (until === undefined) return undefined;
  const end = parseTimestamp(until);
  if (end === undefined || end <= now) throw invalid('until');
  return end;
}

function millisOf(duration: string): number {
  try {
    return Temporal.Duration.from(duration).total({ unit: 'milliseconds' });
  } catch {
    throw invalid('duration');
  }
}

function invalid(name: Field): InvalidInput {
  return new InvalidInput('field_invalid', `${name} is not valid: ${formOf[name]}.`, name);
}

function conflict(name: Field): InvalidInput {
  return new InvalidInput('justification_conflict', `Two different values were given for ${name}.`, name);
}
