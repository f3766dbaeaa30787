import { CodedError } from '#kernel';

/** No usable token could be had. */
export class CredentialUnavailable extends CodedError {
  readonly code = 'credential_unavailable';

  constructor(
    message: string,
    /** Entra's own code, such as `AADSTS7000215`, when Entra answered. For our log; callers have no use for it. */
    readonly entraCode?: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }

  /** Translates whatever the identity library threw. */
  static from(error: unknown): CredentialUnavailable {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : 'not an error';
    const entraCode = /AADSTS\d{4,9}/.exec(text)?.[0];
    // A RestError carries the request, whose body holds the client secret: only its text goes on.
    const cause = new Error(text.slice(0, 500));
    return new CredentialUnavailable('No token could be obtained.', entraCode, { cause });
  }
}
