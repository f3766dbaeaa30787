import { timestampOf } from '../clock.ts';
import { type Exchange, jsonReply, type Reply } from '../http/exchange.ts';

/** Graph refuses. */
export class GraphFailure extends Error {
  override readonly name = 'GraphFailure';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** What Graph says to an app that may not touch a job: no hint at ownership or permission, and no message at all. */
export function unexplained(): GraphFailure {
  return new GraphFailure(401, 'UnknownError', '');
}

export function insufficientPrivileges(): GraphFailure {
  return new GraphFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

export function noSuchObject(id: string): GraphFailure {
  return new GraphFailure(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`);
}

const usualFailures: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['BadRequest', 'The request is not valid.'],
  401: ['UnknownError', ''],
  403: ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
  404: ['Request_ResourceNotFound', 'The resource does not exist.'],
  409: ['Directory_ConcurrencyViolation', 'The object was changed by another request.'],
  423: ['ResourceLocked', 'The resource is locked.'],
  429: ['TooManyRequests', 'Too many requests.'],
  503: ['ServiceNotAvailable', 'The service is temporarily unavailable.'],
  504: ['GatewayTimeout', 'The upstream service did not answer in time.'],
};

/** The usual failure of a status, changed where `detail` says so. */
export function usualFailure(
  status: number,
  detail: { readonly code?: string; readonly message?: string },
): GraphFailure {
  const [code, message] = usualFailures[status] ?? ['UnknownError', ''];
  return new GraphFailure(status, detail.code ?? code, detail.message ?? message);
}

const diagnostic = JSON.stringify({
  ServerInfo: { DataCenter: 'Simulated', Slice: 'E', Ring: '0', ScaleUnit: '000', RoleInstance: 'SIM0000001' },
});

/** Headers of every reply of Graph. */
export function graphHeaders(exchange: Exchange, now: number): Record<string, string> {
  return {
    'cache-control': 'no-cache',
    'strict-transport-security': 'max-age=31536000',
    'request-id': exchange.requestId,
    'client-request-id': exchange.clientRequestId,
    'x-ms-ags-diagnostic': diagnostic,
    date: new Date(now).toUTCString(),
  };
}

/**
 * The error envelope.
 * @see https://learn.microsoft.com/graph/errors
 */
export function graphErrorReply(exchange: Exchange, failure: GraphFailure, now: number): Reply {
  const { code, message } = failure;
  const innerError = {
    date: timestampOf(now).replace('Z', ''),
    'request-id': exchange.requestId,
    'client-request-id': exchange.clientRequestId,
  };
  return jsonReply(
    failure.status,
    { error: { code, message, innerError } },
    { ...graphHeaders(exchange, now), 'content-type': 'application/json', ...failure.headers },
  );
}
