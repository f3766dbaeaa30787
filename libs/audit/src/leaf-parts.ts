import { type Caller, type TokenEvidence, toTimestamp } from '#kernel';
import type { RecordedJobState, RecordedUpstream, RequestFacts, Resource } from './recorded-facts.ts';
import type {
  LeafActor,
  LeafAuth,
  LeafCorrelation,
  LeafDetails,
  LeafJobState,
  LeafResource,
  LeafUpstream,
} from './leaf.ts';
import type { LeafText } from './leaf-text.ts';
import { present } from './present.ts';

/** The caller without anything personal; `ref` is the pseudonym. */
export function leafActor(caller: Caller, ref: string | undefined, text: LeafText): LeafActor {
  const isUser = caller.kind === 'user';
  return present<LeafActor>({
    kind: caller.kind,
    tid: caller.tenantId,
    ref,
    app_id: caller.clientId,
    roles: text.list(caller.roles),
    scopes: isUser ? text.list(caller.scopes) : undefined,
    directory_roles: isUser ? text.list(caller.directoryRoles) : undefined,
  });
}

export function leafAuth(token: TokenEvidence, text: LeafText): LeafAuth {
  return present<LeafAuth>({
    iss: text.of(token.issuer),
    aud: text.of(token.audience),
    ver: token.version,
    iat: toTimestamp(token.issuedAt),
    exp: toTimestamp(token.expiresAt),
    amr: text.list(token.authenticationMethods),
    acr: text.maybe(token.authenticationContext),
    jti_hash: text.maybe(token.tokenIdHash),
  });
}

/** Who asked for what, and how: the beginning of every event that a caller brought about through one request. */
export function leafByCaller(
  { caller, request }: { readonly caller: Caller; readonly request: RequestFacts },
  ref: string | undefined,
  text: LeafText,
): Pick<LeafDetails, 'actor' | 'auth' | 'http' | 'net' | 'corr'> {
  return {
    actor: leafActor(caller, ref, text),
    auth: leafAuth(caller.token, text),
    http: { method: text.of(request.method), route: text.of(request.route) },
    net: present<{ readonly tls?: string }>({ tls: text.maybe(request.tls) }),
    corr: leafCorrelation(request, text),
  };
}

export function leafResource(resource: Resource, text: LeafText): LeafResource {
  return present<LeafResource>({
    sp_id: resource.servicePrincipalId,
    job_id: resource.jobId,
    alias: text.maybe(resource.alias),
  });
}

export function leafCorrelation(request: RequestFacts, text: LeafText): LeafCorrelation {
  return present<LeafCorrelation>({
    request_id: text.of(request.requestId),
    client_request_id: text.maybe(request.clientRequestId),
    traceparent: text.maybe(request.traceparent),
    idem_key_hash: request.claim?.id,
  });
}

export function leafUpstream(upstream: RecordedUpstream, text: LeafText): LeafUpstream {
  return present<LeafUpstream>({
    method: upstream.method,
    host: text.of(upstream.host),
    path_template: text.of(upstream.pathTemplate),
    attempt: upstream.attempts,
    status: upstream.status,
    error_code: text.maybe(upstream.errorCode),
    graph_request_id: text.maybe(upstream.graphRequestId),
    client_request_id: text.maybe(upstream.clientRequestId),
    graph_date: text.maybe(upstream.graphDate),
    // Durations may come from a clock of finer grain; a leaf holds whole milliseconds only.
    latency_ms: Math.round(upstream.latencyMs),
    retry_after_ms: upstream.retryAfterMs === undefined ? undefined : Math.round(upstream.retryAfterMs),
  });
}

export function leafJobState(state: RecordedJobState, text: LeafText): LeafJobState {
  return present<LeafJobState>({
    status: text.of(state.statusCode),
    schedule_state: text.of(state.scheduleState),
    read_at: toTimestamp(state.readAt),
    graph_request_id: text.maybe(state.graphRequestId),
  });
}
