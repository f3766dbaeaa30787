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

// Members stand in the order in which canonical JSON has them: then nothing has to be sorted.

/** The caller without anything personal; `ref` is the pseudonym. */
export function leafActor(caller: Caller, ref: string | undefined, text: LeafText): LeafActor {
  const isUser = caller.kind === 'user';
  return present<LeafActor>({
    app_id: caller.clientId,
    directory_roles: isUser ? text.list(caller.directoryRoles) : undefined,
    kind: caller.kind,
    ref,
    roles: text.list(caller.roles),
    scopes: isUser ? text.list(caller.scopes) : undefined,
    tid: caller.tenantId,
  });
}

export function leafAuth(token: TokenEvidence, text: LeafText): LeafAuth {
  return present<LeafAuth>({
    acr: text.maybe(token.authenticationContext),
    amr: text.list(token.authenticationMethods),
    aud: text.of(token.audience),
    exp: toTimestamp(token.expiresAt),
    iat: toTimestamp(token.issuedAt),
    iss: text.of(token.issuer),
    jti_hash: text.maybe(token.tokenIdHash),
    ver: token.version,
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
    alias: text.maybe(resource.alias),
    job_id: resource.jobId,
    sp_id: resource.servicePrincipalId,
  });
}

export function leafCorrelation(request: RequestFacts, text: LeafText): LeafCorrelation {
  return present<LeafCorrelation>({
    client_request_id: text.maybe(request.clientRequestId),
    idem_key_hash: request.claim?.id,
    request_id: text.of(request.requestId),
    traceparent: text.maybe(request.traceparent),
  });
}

export function leafUpstream(upstream: RecordedUpstream, text: LeafText): LeafUpstream {
  return present<LeafUpstream>({
    attempt: upstream.attempts,
    client_request_id: text.maybe(upstream.clientRequestId),
    error_code: text.maybe(upstream.errorCode),
    graph_date: text.maybe(upstream.graphDate),
    graph_request_id: text.maybe(upstream.graphRequestId),
    host: text.of(upstream.host),
    // Durations may come from a clock of finer grain; a leaf holds whole milliseconds only.
    latency_ms: Math.round(upstream.latencyMs),
    method: upstream.method,
    path_template: text.of(upstream.pathTemplate),
    retry_after_ms: upstream.retryAfterMs === undefined ? undefined : Math.round(upstream.retryAfterMs),
    status: upstream.status,
  });
}

export function leafJobState(state: RecordedJobState, text: LeafText): LeafJobState {
  return present<LeafJobState>({
    graph_request_id: text.maybe(state.graphRequestId),
    read_at: toTimestamp(state.readAt),
    schedule_state: text.of(state.scheduleState),
    status: text.of(state.statusCode),
  });
}
