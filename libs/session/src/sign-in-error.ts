import { CodedError } from '#kernel';

const sentences = {
  sign_in_stale: 'This sign-in was not begun in this browser, took too long, or was finished already. Sign in again.',
  sign_in_refused: 'The identity provider did not sign you in. Sign in again, or ask who administers it.',
  sign_in_unavailable: 'The identity provider cannot be asked at the moment. Try again.',
  return_to_refused: 'returnTo must be a path of this site, beginning with one "/".',
  logout_token_invalid: 'The logout token is not valid.',
} as const;

/** Why somebody could not be signed in or out. Holds nothing that the identity provider said. */
export class SignInError extends CodedError {
  constructor(
    readonly code: keyof typeof sentences,
    options?: { readonly cause?: unknown },
  ) {
    super(sentences[code], options);
  }
}
