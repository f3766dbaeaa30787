import { CodedError } from '#kernel';

/**
 * The event is not recorded as far as we know, so what depends on it must not happen. After a time-out or a broken
 * connection it may still become durable: an intent without outcome, which reconciliation finds. Asking again is safe.
 */
export class AuditUnavailable extends CodedError {
  override readonly code = 'audit_unavailable';
}

/** Another request with the same Idempotency-Key has gone on in place of this one, which was away too long. */
export class ClaimLost extends CodedError {
  override readonly code = 'idempotency_in_flight';

  constructor() {
    super('Another request with this Idempotency-Key is under way. Nothing was sent; ask again as Retry-After says.');
  }
}

/** The work that the event belongs to is under another's lease now. It was not recorded; leave the work to the other. */
export class LeaseLost extends CodedError {
  override readonly code = 'lease_lost';

  constructor() {
    super('Another replica has taken over this work.');
  }
}

/** The event has no form that the log accepts: a programming error. Other events of its batch are not affected. */
export class EventNotRecordable extends CodedError {
  override readonly code = 'event_not_recordable';
}

/** Why the log cannot be used, or what was asked of it does not exist. */
export class AuditLogError extends CodedError {
  constructor(
    override readonly code:
      /** Not a PKCS#8 PEM of an Ed25519 private key, or a name that a checkpoint cannot carry. */
      | 'log_key_invalid'
      /** The stored log was signed by another key or under another origin. */
      | 'log_key_mismatch'
      /** The stored head contradicts itself: signature, size, edge and root do not agree. */
      | 'log_head_invalid'
      /** The stored log lost or changed entries that this process has seen committed. */
      | 'log_head_regressed'
      /** Stored tiles do not prove what the checkpoint says. */
      | 'log_tiles_invalid'
      /** The log's present key may not sign a checkpoint of that size, and none was kept. */
      | 'checkpoint_retired'
      /** The log has no such entry, or was never of that size. */
      | 'entry_unknown'
      /** The entry was pruned by a retention policy; its hash is still in the tree. */
      | 'entry_pruned'
      /** Not 32 bytes in base64. */
      | 'disclosure_key_invalid'
      /** The data keys of the store are wrapped by another disclosure key. */
      | 'disclosure_key_mismatch',
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
