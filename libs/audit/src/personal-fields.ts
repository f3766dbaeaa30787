import { hash } from 'node:crypto';
import type { LoggedEvent } from './event-code.ts';
import { storableText } from './leaf-text.ts';
import { type Disclosure, type FieldOwner, type SealedField, sealField, type Subject } from './privacy/sealed-field.ts';
import type { MaintenanceEvent } from './privacy/maintenance-event.ts';
import type { PersonalFieldName } from './personal-field-names.ts';
import type { RandomBytes } from './random-bytes.ts';

/** RFC 9901 recommends at least 128 bits, so that a digest of a guessable value cannot be guessed. */
const saltBytes = 16;
const maxTextLength = 256;
const maxUserAgentLength = 512;
/** The edge accepts 1,000 characters, each of which may be two code units. */
const maxReasonLength = 2_000;
const maxForwarded = 32;

/** The personal fields of one event, apart from its leaf. */
export interface PersonalFields {
  readonly disclosures: readonly SealedField[];
  /** For `_sd`; sorted, so that their order tells nothing about which field is which. */
  readonly digests: readonly string[];
}

/**
 * Takes what is personal out of an event (see {@link PersonalFieldName}). The leaf gets salted digests, so that a value
 * can be shown to a reviewer or erased without touching it. The values are sealed for the subject, without which an event
 * with such fields throws.
 * @see https://www.rfc-editor.org/rfc/rfc9901 (disclosures of object properties)
 */
export function personalFields(
  event: LoggedEvent,
  subject: Subject | undefined,
  owner: FieldOwner,
  random: RandomBytes,
): PersonalFields {
  const values = valuesOf(event);
  if (values.length === 0) return { disclosures: [], digests: [] };
  if (subject === undefined) throw new TypeError('Personal fields need a subject whose key seals them');
  const found = values.map(([name, value]) => disclosureOf(name, value, random));
  return {
    disclosures: found.map((disclosure) => sealField(disclosure, subject, owner, random)),
    digests: found.map(({ encoded }) => hash('sha256', encoded, 'base64url')).sort(),
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc9901#section-4.2.1 */
function disclosureOf(name: string, value: string | readonly string[], random: RandomBytes): Disclosure {
  const { buffer, byteOffset, byteLength } = random(saltBytes);
  const salt = Buffer.from(buffer, byteOffset, byteLength).toString('base64url');
  return { name, encoded: Buffer.from(JSON.stringify([salt, name, value])).toString('base64url') };
}

function sanctionValues({ sanction: { reason, approver } }: MaintenanceEvent): PersonalValue[] {
  return [
    ['reason', storableText(reason, maxReasonLength)],
    ['approver', storableText(approver, maxTextLength)],
  ];
}

type PersonalValue = [name: PersonalFieldName, value: string | readonly string[]];

function valuesOf(event: LoggedEvent): PersonalValue[] {
  if ('sanction' in event) return sanctionValues(event);
  if (!('request' in event)) return [];
  const { caller, request } = event;
  const values: PersonalValue[] = [];
  const add = (name: PersonalFieldName, text: string | undefined, limit = maxTextLength): void => {
    if (text !== undefined) values.push([name, storableText(text, limit)]);
  };
  add('actor.oid', caller?.objectId);
  if (caller?.kind === 'user') {
    add('actor.upn', caller.username);
    add('actor.name', caller.name);
  }
  add('net.ip', request.ip);
  if (request.forwarded !== undefined) {
    const nearest = request.forwarded.slice(-maxForwarded);
    values.push(['net.forwarded', nearest.map((address) => storableText(address, maxTextLength))]);
  }
  add('net.ua', request.userAgent, maxUserAgentLength);
  if (event.type === 'audit.read') add('purpose', event.purpose, maxReasonLength);
  else if (event.type === 'audit.reviewed') add('note', event.note, maxReasonLength);
  else if ('justification' in event) add('reason', event.justification.reason, maxReasonLength);
  return values;
}
