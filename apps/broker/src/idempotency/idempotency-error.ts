import { CodedError } from '#kernel';

/** The key was sent before, with another body or justification. */
export class IdempotencyKeyReused extends CodedError {
  override readonly code = 'idempotency_key_reused';

  constructor() {
    super(
      'This Idempotency-Key was sent before with another body or justification. Nothing was done; send a new key for a new request.',
    );
  }
}

/** The first request with the key has not been answered yet. */
export class IdempotencyInFlight extends CodedError {
  override readonly code = 'idempotency_in_flight';

  constructor() {
    super(
      'The first request with this Idempotency-Key is still under way. Send it again as Retry-After says to get its reply.',
    );
  }
}
