import type { KeyObject } from 'node:crypto';
import type { EventId } from '#kernel';
import type { RandomBytes } from '../random-bytes.ts';
import { type Ciphertext, decrypt, encrypt } from './field-cipher.ts';

/** A personal field's SD-JWT disclosure: the exact string whose SHA-256 stands in the leaf. */
export interface Disclosure {
  readonly name: string;
  readonly encoded: string;
}

/** A disclosure as it is kept, apart from the leaf that holds its digest: encrypted under its subject's data key. */
export interface SealedField extends Ciphertext {
  readonly name: string;
  /** Pseudonym of the subject. */
  readonly subject: string;
}

/** The subject that an event's personal fields are sealed for. */
export interface Subject {
  readonly ref: string;
  readonly key: KeyObject;
}

/** The entry that a field belongs to. Its id stands in the leaf, so that it fixes the field's place in the log. */
export interface FieldOwner {
  readonly origin: string;
  readonly eventId: EventId;
}

/** Encrypts a disclosure for the subject, bound to its log, event and name. */
export function sealField(
  { name, encoded }: Disclosure,
  { ref, key }: Subject,
  owner: FieldOwner,
  random: RandomBytes,
): SealedField {
  return { name, subject: ref, ...encrypt(encoded, key, boundTo(owner, name), random) };
}

/** The disclosure, or undefined when it was not sealed by this key for this event under this name. */
export function openField(field: SealedField, key: KeyObject, owner: FieldOwner): Disclosure | undefined {
  const encoded = decrypt(field, key, boundTo(owner, field.name))?.toString('utf8');
  return encoded === undefined ? undefined : { name: field.name, encoded };
}

function boundTo({ origin, eventId }: FieldOwner, name: string): string {
  return `${origin}\n${eventId}\n${name}`;
}
