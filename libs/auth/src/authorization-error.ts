import { CodedError, type Right } from '#kernel';

/** The caller is known and may not do this: 403. */
export class AuthorizationError extends CodedError {
  private constructor(
    readonly code: 'insufficient_scope' | 'requirement_undeclared',
    message: string,
    /** The right that is missing; absent for `requirement_undeclared`. */
    readonly right?: Right,
  ) {
    super(message);
  }

  /** The token does not carry `right` as an app role or, for a user, as a scope. */
  static insufficientScope(right: Right): AuthorizationError {
    return new AuthorizationError('insufficient_scope', `The token does not carry ${right}.`, right);
  }

  /** The handler says nothing about who may call it, so nobody may. */
  static requirementUndeclared(): AuthorizationError {
    return new AuthorizationError('requirement_undeclared', 'This operation is not open to anyone.');
  }
}
