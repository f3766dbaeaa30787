import { type EpochMillis, type EventId, toTimestamp } from '#kernel';
import { canonicalJson } from '#tlog';
import { EventNotRecordable } from './audit-error.ts';
import { eventCode, type LoggedEvent } from './event-code.ts';
import { type Leaf, leafSchema } from './leaf.ts';
import { leafColumns } from './leaf-columns.ts';
import { leafDetails } from './leaf-details.ts';
import { type LeafLimits, LeafText, tightLimits, usualLimits } from './leaf-text.ts';
import type { NewEntry } from './log-store.ts';
import { type PersonalFields, personalFields } from './personal-fields.ts';
import type { Subject } from './privacy/sealed-field.ts';
import type { RandomBytes } from './random-bytes.ts';

/** Longest leaf in bytes. */
export const maxLeafBytes = 16_384;

/** Who writes the leaves. */
export interface LogWriterIdentity {
  readonly origin: string;
  readonly instance: string;
  readonly build: string;
}

/** An event with what the log knows about it. */
export interface StampedEvent {
  readonly event: LoggedEvent;
  readonly id: EventId;
  /** Whom its personal fields are about: the caller, when there is one. */
  readonly subject?: Subject | undefined;
  /** When it was handed to the log: its time, unless the event itself says when it happened. */
  readonly received: EpochMillis;
  /** When it is handed to the store. */
  readonly recorded: EpochMillis;
}

/**
 * The entry of an event: RFC 8785 bytes of at most {@link maxLeafBytes}, columns of the same leaf, and the personal
 * fields apart. An event of unusual size loses its trace and is cut (`truncated`) rather than refused.
 */
export function encodeEvent(stamped: StampedEvent, writer: LogWriterIdentity, random: RandomBytes): NewEntry {
  const owner = { origin: writer.origin, eventId: stamped.id };
  const personal = personalFields(stamped.event, stamped.subject, owner, random);
  return fit(stamped, writer, personal, usualLimits) ?? fit(stamped, writer, personal, tightLimits) ?? tooLong();
}

function fit(
  stamped: StampedEvent,
  writer: LogWriterIdentity,
  { disclosures, digests }: PersonalFields,
  limits: LeafLimits,
): NewEntry | undefined {
  const text = new LeafText(limits);
  const leaf: { -readonly [Name in keyof Leaf]: Leaf[Name] } = {
    ...leafDetails(stamped.event, stamped.subject?.ref, text),
    build: text.of(writer.build),
    code: eventCode(stamped.event),
    id: stamped.id,
    instance: text.of(writer.instance),
    origin: writer.origin,
    recorded: toTimestamp(stamped.recorded),
    schema: leafSchema,
    time: toTimestamp(timeOf(stamped)),
    type: stamped.event.type,
    v: 1,
  };
  if (digests.length > 0) {
    leaf._sd = digests;
    leaf._sd_alg = 'sha-256';
  }
  if (text.cut) leaf.truncated = true;
  const body = Buffer.from(canonicalJson(leaf));
  if (body.length > maxLeafBytes) return undefined;
  return { eventId: stamped.id, body, leaf, columns: leafColumns(leaf), disclosures };
}

function timeOf({ event, received }: StampedEvent): EpochMillis {
  if ('request' in event) return event.request.receivedAt;
  return 'counts' in event ? event.to : received;
}

function tooLong(): never {
  throw new EventNotRecordable(`The event does not fit into ${maxLeafBytes} bytes`);
}
