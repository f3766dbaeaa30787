/** What a {@link Sealer} made: unreadable and unchangeable without its key. */
export interface Sealed {
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
}

/**
 * Authenticated encryption under a key of its own.
 *
 * Duties of an adapter: a new nonce each time, and `open` gives undefined unless key, bytes and `bound` are those of
 * `seal`; so what is sealed for one place says nothing in another.
 */
export interface Sealer {
  seal(plain: string, bound: string): Sealed;
  open(sealed: Sealed, bound: string): string | undefined;
}
