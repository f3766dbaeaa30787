/** How a stable code is told over HTTP. */
export interface CatalogueEntry {
  readonly status: number;
  /** Value of `error.code` on the Graph-shaped routes; our own code stands in `error.innerError.code`. */
  readonly graphCode: string;
  /** Short, fixed text per code, for RFC 9457 `title`. */
  readonly title: string;
  /** Seconds for `Retry-After` when nothing better is known. */
  readonly retryAfter?: number;
}

const badRequest = (title: string): CatalogueEntry => ({ status: 400, graphCode: 'BadRequest', title });
const forbidden = (title: string): CatalogueEntry => ({ status: 403, graphCode: 'Authorization_RequestDenied', title });
const badGateway = (title: string): CatalogueEntry => ({ status: 502, graphCode: 'BadGateway', title });
const unavailable = (title: string, retryAfter: number): CatalogueEntry => ({
  status: 503,
  graphCode: 'ServiceNotAvailable',
  title,
  retryAfter,
});

/** Authentication fails with many codes; all are told the same way but for this one, where the fault is not the token's. */
export const unauthenticated: CatalogueEntry = {
  status: 401,
  graphCode: 'InvalidAuthenticationToken',
  title: 'Not authenticated',
};

/** Every code that a caller can receive, except the authentication codes above. */
export const catalogue = {
  id_malformed: badRequest('Malformed id'),
  body_malformed: badRequest('Malformed body'),
  body_not_allowed: badRequest('Body not allowed'),
  unknown_field: badRequest('Unknown field'),
  field_invalid: badRequest('Invalid field'),
  justification_conflict: badRequest('Contradicting justification'),
  method_override_not_allowed: badRequest('Method override not allowed'),
  query_not_allowed: badRequest('Query parameter not allowed'),
  query_malformed: badRequest('Malformed query'),
  evidence_too_large: badRequest('Too many entries for a bundle'),
  cursor_invalid: badRequest('Cursor of another query'),
  selector_empty: badRequest('The selector means no job'),
  too_many_jobs: badRequest('Too many jobs for one operation'),
  policy_invalid: badRequest('The policy that was sent is not valid'),
  target_malformed: badRequest('Malformed request target'),
  idempotency_key_malformed: badRequest('Malformed Idempotency-Key'),
  credentials_conflict: badRequest('Session and token at once'),
  return_to_refused: badRequest('Address of another site'),
  sign_in_stale: badRequest('Sign-in out of date'),
  logout_token_invalid: badRequest('Invalid logout token'),
  console_header_missing: forbidden('Header of the console missing'),
  origin_not_allowed: forbidden('Not asked by the console'),
  sign_in_refused: forbidden('Not signed in'),
  sign_in_unavailable: unavailable('The identity provider is unavailable', 10),
  insufficient_scope: forbidden('Right missing'),
  requirement_undeclared: forbidden('Route not open'),
  denied_by_rule: forbidden('Denied by policy'),
  requirement_missing: forbidden('Justification incomplete'),
  outside_window: forbidden('Outside of the allowed time'),
  no_matching_rule: forbidden('Not allowed by policy'),
  evaluation_error: forbidden('Policy could not be evaluated'),
  route_not_found: { status: 404, graphCode: 'ResourceNotFound', title: 'No such resource' },
  method_not_allowed: { status: 405, graphCode: 'MethodNotAllowed', title: 'Method not allowed' },
  request_timeout: { status: 408, graphCode: 'RequestTimeout', title: 'Request too slow' },
  body_too_large: { status: 413, graphCode: 'RequestEntityTooLarge', title: 'Body too large' },
  uri_too_long: { status: 414, graphCode: 'RequestUriTooLong', title: 'Address too long' },
  media_type_unsupported: { status: 415, graphCode: 'UnsupportedMediaType', title: 'Media type not supported' },
  headers_too_large: { status: 431, graphCode: 'RequestHeaderFieldsTooLarge', title: 'Headers too large' },
  job_unknown: { status: 404, graphCode: 'ResourceNotFound', title: 'No such job in the policy' },
  job_running: { status: 409, graphCode: 'Conflict', title: 'The job is not stopped' },
  job_quarantined: { status: 409, graphCode: 'Conflict', title: 'The job is in quarantine' },
  held_by_others: { status: 409, graphCode: 'Conflict', title: 'Others hold the job' },
  hold_changing: { status: 409, graphCode: 'Conflict', title: 'The job is being paused or started', retryAfter: 5 },
  hold_not_in_force: { status: 409, graphCode: 'Conflict', title: 'The hold has ended' },
  hold_not_yours: forbidden('Not your hold'),
  hold_not_ended: unavailable('The hold still stands', 5),
  operation_unknown: { status: 404, graphCode: 'ResourceNotFound', title: 'No such operation' },
  operation_expired: { status: 409, graphCode: 'Conflict', title: 'The operation ran out of time before this job' },
  hold_unknown: { status: 404, graphCode: 'ResourceNotFound', title: 'No such hold' },
  actor_unknown: { status: 404, graphCode: 'ResourceNotFound', title: 'Nobody known by that id' },
  tile_unknown: { status: 404, graphCode: 'ResourceNotFound', title: 'No such tile' },
  entry_unknown: { status: 404, graphCode: 'ResourceNotFound', title: 'No such entry' },
  entry_pruned: { status: 410, graphCode: 'ResourceNotFound', title: 'Pruned by the retention policy' },
  checkpoint_retired: { status: 404, graphCode: 'ResourceNotFound', title: 'No checkpoint of that size any more' },
  checkpoint_unwitnessed: { status: 404, graphCode: 'ResourceNotFound', title: 'No witness has signed yet' },
  graph_not_found: { status: 404, graphCode: 'ResourceNotFound', title: 'No such job' },
  idempotency_key_reused: {
    status: 422,
    graphCode: 'UnprocessableEntity',
    title: 'The key stands for another request',
  },
  idempotency_in_flight: { status: 409, graphCode: 'Conflict', title: 'The first request is under way', retryAfter: 2 },
  rate_limited: { status: 429, graphCode: 'TooManyRequests', title: 'Too many requests', retryAfter: 1 },
  graph_throttled: {
    status: 429,
    graphCode: 'TooManyRequests',
    title: 'Microsoft Graph is throttling',
    retryAfter: 10,
  },
  graph_conflict: { status: 409, graphCode: 'Conflict', title: 'Conflict at Microsoft Graph' },
  graph_unavailable: unavailable('Microsoft Graph is unavailable', 10),
  graph_not_owned: badGateway('Interlock does not own the target'),
  graph_forbidden: badGateway('Interlock lacks a permission'),
  graph_rejected: badGateway('Microsoft Graph rejected the request'),
  graph_malformed_reply: badGateway('Malformed reply of Microsoft Graph'),
  not_done: badGateway('Microsoft Graph did not do it'),
  outcome_unknown: badGateway('Outcome unknown'),
  outcome_unrecorded: badGateway('Outcome not recorded yet'),
  audit_unavailable: unavailable('The audit log is unavailable; nothing was sent', 5),
  log_head_regressed: unavailable('The audit log went back; nothing is recorded until an operator decides', 60),
  log_head_invalid: unavailable('The end of the audit log is damaged; nothing is recorded', 60),
  log_key_mismatch: unavailable('The audit log belongs to another key; nothing is recorded here', 60),
  credential_unavailable: unavailable('No credential for Microsoft Graph', 10),
  connect_failed: unavailable('Microsoft Graph cannot be reached', 10),
  state_unread: unavailable('The state of the job is not known; nothing was started', 5),
  circuit_open: unavailable('Microsoft Graph is left alone for a while', 10),
  overloaded: unavailable('Too many requests under way', 1),
  too_busy: unavailable('Too many requests at once', 1),
  deadline_exceeded: unavailable('Out of time; nothing was sent', 5),
  keys_unavailable: unavailable('Signing keys of the token issuer are unavailable', 10),
  log_tiles_invalid: { status: 500, graphCode: 'InternalServerError', title: 'The log does not prove what it signed' },
  event_not_recordable: { status: 500, graphCode: 'InternalServerError', title: 'Internal error' },
  internal_error: { status: 500, graphCode: 'InternalServerError', title: 'Internal error' },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;

/** Whether the catalogue tells this code. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}
