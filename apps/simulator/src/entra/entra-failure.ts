import { randomUUID } from 'node:crypto';
import { type Exchange, jsonReply, type Reply } from '../http/exchange.ts';

/**
 * The refusals of the token service: AADSTS number to HTTP status and OAuth error.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const refusals = {
  50011: [400, 'invalid_request'],
  50027: [400, 'invalid_request'],
  50059: [400, 'invalid_request'],
  50173: [400, 'invalid_grant'],
  54005: [400, 'invalid_grant'],
  70003: [400, 'unsupported_grant_type'],
  70008: [400, 'invalid_grant'],
  70011: [400, 'invalid_scope'],
  70021: [400, 'invalid_request'],
  90002: [400, 'invalid_request'],
  90033: [503, 'temporarily_unavailable'],
  90055: [429, 'temporarily_unavailable'],
  501481: [400, 'invalid_grant'],
  9002313: [400, 'invalid_grant'],
  500011: [400, 'invalid_resource'],
  700016: [400, 'unauthorized_client'],
  700021: [401, 'invalid_client'],
  700023: [401, 'invalid_client'],
  700024: [401, 'invalid_client'],
  700027: [401, 'invalid_client'],
  900144: [400, 'invalid_request'],
  1002012: [400, 'invalid_scope'],
  7000215: [401, 'invalid_client'],
  7000218: [401, 'invalid_client'],
  7000222: [401, 'invalid_client'],
} as const satisfies Record<number, readonly [number, string]>;

export type AadstsCode = keyof typeof refusals;

/** The token service refuses. The message never repeats a secret or an assertion. */
export class EntraFailure extends Error {
  override readonly name = 'EntraFailure';
  readonly code: AadstsCode;

  constructor(code: AadstsCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** The body of an Entra error; `status` differs from the usual one only when a fault says so. */
export function entraErrorReply(exchange: Exchange, failure: EntraFailure, now: number, status?: number): Reply {
  const [usualStatus, error] = refusals[failure.code];
  const timestamp = new Date(now)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  const trace = randomUUID();
  const trailer = `Trace ID: ${trace} Correlation ID: ${exchange.clientRequestId} Timestamp: ${timestamp}`;
  return jsonReply(
    status ?? usualStatus,
    {
      error,
      error_description: `AADSTS${failure.code}: ${failure.message} ${trailer}`,
      error_codes: [failure.code],
      timestamp,
      trace_id: trace,
      correlation_id: exchange.clientRequestId,
      error_uri: `https://${exchange.site.cloud.loginHost}/error?code=${failure.code}`,
    },
    { 'cache-control': 'no-store, no-cache', pragma: 'no-cache', 'x-ms-request-id': trace },
  );
}
