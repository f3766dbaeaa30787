import { CodedError } from '#kernel';

/** What is told to the caller per code. Fixed texts: nothing of the token can reach a header or a log through them. */
const reasons = {
  token_missing: 'An access token is required.',
  scheme_unsupported: 'The Authorization scheme must be Bearer.',
  token_malformed: 'The token is not a signed JWT in compact form.',
  token_too_large: 'The token is larger than 16 KiB.',
  alg_not_allowed: 'The token must be signed with RS256.',
  header_not_allowed: 'The token has a header parameter that is not accepted.',
  type_not_allowed: 'The header parameter typ must be JWT or at+jwt.',
  kid_missing: 'The token does not name its signing key.',
  kid_unknown: 'The signing key is not one of the issuer.',
  signature_invalid: 'The signature does not match.',
  version_mismatch: 'The claim ver must be 1.0 or 2.0 and agree with the issuer.',
  issuer_not_allowed: 'The issuer is not accepted.',
  issuer_tenant_mismatch: 'The issuer belongs to another tenant than the claim tid.',
  tenant_missing: 'The claim tid is missing.',
  tenant_not_allowed: 'The tenant is not accepted.',
  personal_account: 'Personal Microsoft accounts are not accepted.',
  audience_missing: 'The claim aud is missing.',
  audience_malformed: 'The claim aud must be one string.',
  audience_not_allowed: 'The token was issued for another API.',
  audience_is_graph: 'The token was issued for Microsoft Graph. Ask for a token of this API instead.',
  lifetime_missing: 'The claims exp, nbf and iat are required.',
  expired: 'The token has expired.',
  not_yet_valid: 'The token is not valid yet.',
  issued_in_future: 'The token was issued in the future.',
  id_token: 'This is an ID token. An access token is required.',
  no_roles_or_scopes: 'The token carries no app role and no scope of this API.',
  caller_kind_contradiction: 'The claims idtyp and scp contradict each other.',
  caller_kind_unknown: 'The token does not tell whether an application or a user calls.',
  object_id_missing: 'The claim oid is missing.',
  client_id_missing: 'The claim azp (or appid) is missing.',
  claim_malformed: 'A claim has an unexpected form.',
  session_ended: 'There is no session, or it has ended. Sign in again.',
  keys_unavailable: 'The keys of the issuer cannot be read at the moment.',
} as const;

/**
 * Why a request has no Caller. Every code but `keys_unavailable` means 401; that one means 503, because the token was
 * not judged.
 */
export type AuthenticationCode = keyof typeof reasons;

/** All codes, for documentation and for tests that must cover each. */
export const authenticationCodes = Object.keys(reasons) as readonly AuthenticationCode[];

/** The request could not be authenticated. Holds nothing of the token but, at most, the name of a claim. */
export class AuthenticationError extends CodedError {
  constructor(
    readonly code: AuthenticationCode,
    options: { readonly cause?: unknown; readonly claim?: string } = {},
  ) {
    super(reasons[code], 'cause' in options ? { cause: options.cause } : undefined);
    if (options.claim !== undefined) this.claim = options.claim;
  }

  /** The claim that is malformed, by one of the names that Interlock reads. */
  readonly claim?: string;
}
