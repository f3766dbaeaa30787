import type { EventId } from '#kernel';

/** Who has a claim: enough to check it in another transaction. */
export interface ClaimHolder {
  /** Digest of the caller, the route and the key; nobody can tell the key from it. */
  readonly id: string;
  /** Made for this request alone, so that one that was away too long is told from its successor. */
  readonly token: string;
}

/** How a claim stands for a request that asks for it. */
export type Claim =
  /** Nobody else is at it: the request may go on, as this holder. */
  | { readonly kind: 'ours'; readonly holder: ClaimHolder }
  /** The key stands for another request of the caller. */
  | { readonly kind: 'other_request' }
  | { readonly kind: 'in_flight' }
  /** It was answered. `event` is what the request changed last, when it changed something. */
  | { readonly kind: 'answered'; readonly reply: Uint8Array; readonly event?: EventId }
  /** Its holder recorded this event last and went away without an answer. */
  | { readonly kind: 'orphaned'; readonly event: EventId };

/**
 * Claims on requests that are to be done once, however often they are sent and to whichever replica.
 *
 * A claim is tied to what its request changes by the append of that event ({@link AppendCondition}): whoever lost the
 * claim cannot record the event, and once it is recorded nobody else gets the claim.
 *
 * Duties of an adapter: each method is one transaction, and times are taken from one clock for all replicas.
 */
export abstract class ClaimStore {
  /**
   * Takes the claim for the holder when it is free: new, past its end, or left by a holder that went away before it
   * recorded anything. `request` is the digest of what the key stands for.
   * @param leaseMillis how long the holder may take
   * @param keptMillis how long the answer is kept
   */
  abstract claim(holder: ClaimHolder, request: string, leaseMillis: number, keptMillis: number): Promise<Claim>;

  /** Keeps the answer, unless the claim is another's by now or, `ifTied`, nothing was recorded under it. */
  abstract answer(holder: ClaimHolder, reply: Uint8Array, ifTied: boolean): Promise<boolean>;

  /** Leaves the key free for another try, unless the claim is another's by now or, `ifUntied`, something was recorded. */
  abstract release(holder: ClaimHolder, ifUntied: boolean): Promise<void>;

  /** Frees a claim that was orphaned with this event, when that is known to have changed nothing. */
  abstract free(id: string, event: EventId): Promise<void>;

  /** Removes at most so many claims whose time is over; gives how many it removed. */
  abstract removeEnded(limit: number): Promise<number>;
}
