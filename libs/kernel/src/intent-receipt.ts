import type { Branded } from './branded.ts';

/** Id of an audit event: a UUIDv7. */
export type EventId = Branded<string, 'EventId'>;

/**
 * Proof, inside this process, that an intent is durable. The Graph gateway asks for one before it sends a byte, so no
 * code path can reach Graph around the audit log. Only the audit library issues receipts (an import rule checks it).
 */
export interface IntentReceipt {
  readonly eventId: EventId;
  /** Index of the intent's entry in the log. */
  readonly index: number;
}

/** A receipt that was issued. Its private member is what tells it from an object that looks like one. */
class IssuedReceipt implements IntentReceipt {
  readonly #issued = true;

  constructor(
    readonly eventId: EventId,
    readonly index: number,
  ) {}

  static is(receipt: IntentReceipt): boolean {
    return #issued in receipt;
  }
}

/** Issues the receipt of a committed intent. */
export function issueIntentReceipt(eventId: EventId, index: number): IntentReceipt {
  return Object.freeze(new IssuedReceipt(eventId, index));
}

/** Throws a TypeError when the object was not made by {@link issueIntentReceipt}: a programming error, never input. */
export function assertIntentReceipt(receipt: IntentReceipt): void {
  if (!IssuedReceipt.is(receipt))
    throw new TypeError('Graph may only be called with the receipt of a committed intent');
}
