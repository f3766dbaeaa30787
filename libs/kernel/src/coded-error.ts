/**
 * Base of every error that leaves a library. Callers branch on {@link code}, which is stable and documented; the
 * message is for people and never holds a secret, a token or a stack.
 */
export abstract class CodedError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** What a request got wrong. The caller can mend it; nothing was sent and nothing changed. */
export class InvalidInput extends CodedError {
  constructor(
    readonly code:
      | 'id_malformed'
      | 'idempotency_key_malformed'
      | 'body_malformed'
      | 'body_not_allowed'
      | 'unknown_field'
      | 'field_invalid'
      | 'justification_conflict'
      | 'method_override_not_allowed'
      | 'query_not_allowed'
      | 'cursor_invalid'
      | 'target_malformed',
    message: string,
    /** The offending part of the request: a path parameter, a body field or a header name. */
    readonly field: string,
  ) {
    super(message);
  }
}
