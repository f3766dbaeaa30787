import type { z } from 'zod';
import type { FaultPlan } from '../../apps/simulator/src/http/fault.ts';

/** What is asked of the broker. A start reads the job first; its faults meet the start itself. */
export const operations = ['pause', 'start', 'get', 'list'] as const;
export type Operation = (typeof operations)[number];

/** What one operation comes to under one fault. */
export interface Ending {
  /** Status of the reply; the code is Interlock's stable one, absent on success. */
  readonly status: number;
  readonly code?: string;
  /** Seconds of the reply's Retry-After; absent where it has none. */
  readonly retryAfter?: number;
  /** How many requests Graph gets, a start's read apart. */
  readonly calls: number;
  /** Of the recorded outcome. */
  readonly outcome: 'success' | 'failure' | 'unknown';
  readonly reason?: string;
  /** A start that ended with the read before it: the outcome is the read's, and no start is on record. */
  readonly atRead?: true;
}

/** Trouble that is no damaged reply. */
export type Prepared = 'token endpoint down' | 'no answer in time';

/** One kind of trouble, in an operator's words, and what it comes to. */
export interface FaultRow {
  readonly fault: string;
  readonly trouble: Omit<z.input<typeof FaultPlan>, 'match'> | Prepared | 'not owned';
  /** It has the token renewed, which happens once in a while only: it has a broker to itself. */
  readonly renewal?: true;
  readonly endings: Readonly<Record<Operation, Ending>>;
}

const success = (operation: Operation, calls: number): Ending => ({
  status: operation === 'pause' || operation === 'start' ? 204 : 200,
  calls,
  outcome: 'success',
});
const failure = (status: number, code: string, reason: string, calls: number, retryAfter?: number): Ending => ({
  status,
  code,
  ...(retryAfter !== undefined && { retryAfter }),
  calls,
  outcome: 'failure',
  reason,
});

const throttled = (calls: number, retryAfter: number) =>
  failure(429, 'graph_throttled', 'throttled', calls, retryAfter);
const unavailable = (calls: number, retryAfter = 10) =>
  failure(503, 'graph_unavailable', 'unavailable', calls, retryAfter);
const conflict = (calls: number) => failure(409, 'graph_conflict', 'conflict', calls);
const forbidden = (calls: number) => failure(502, 'graph_forbidden', 'forbidden', calls);
const rejected = failure(502, 'graph_rejected', 'rejected', 1);
const malformed = failure(502, 'graph_malformed_reply', 'malformed_reply', 1);
const notOwned = failure(502, 'graph_not_owned', 'not_owned', 3);
const noCredential = failure(503, 'credential_unavailable', 'credential_unavailable', 0, 10);
const unknown = (reason: string, calls = 1): Ending => ({
  status: 502,
  code: 'outcome_unknown',
  calls,
  outcome: 'unknown',
  reason,
});

const reads = (read: Ending) => ({ get: read, list: read });
const alike = (ending: Ending) => ({ pause: ending, start: ending, ...reads(ending) });
const recovered = (calls: number) => ({
  pause: success('pause', calls),
  start: success('start', calls),
  get: success('get', calls),
  list: success('list', calls),
});
/** A change that may have been made although the reply is no success: nobody claims to know. */
const changes = (change: Ending) => ({ pause: change, start: change });
const ambiguous = { ...changes(unknown('server_error')), ...reads(unavailable(3)) };
/** In the words of some front end: a pause may be repeated, a start not. */
const frontEnd = { ...ambiguous, pause: unknown('server_error', 3) };
const lost = { ...changes(unknown('connection_lost')), ...reads(unknown('connection_lost', 2)) };
const cutShort = { ...changes(unknown('server_error')), ...reads(unknown('connection_lost', 2)) };
const strange = { ...changes(unknown('server_error')), ...reads(malformed) };

/**
 * What can go wrong at Microsoft and what a caller then gets. test/e2e/fault-matrix.spec.ts makes each of it happen;
 * docs/failures.md is generated from it, by Node's type stripping, so nothing of ours may be imported here at run time.
 */
export const faultMatrix: readonly FaultRow[] = [
  {
    fault: '429 once, `Retry-After: 1`',
    trouble: { times: 1, effect: { kind: 'throttle', retryAfter: { seconds: 1 } } },
    endings: recovered(2),
  },
  {
    fault: '429 once, `Retry-After` a date in a second',
    trouble: { times: 1, effect: { kind: 'throttle', retryAfter: { dateInSeconds: 1 } } },
    endings: recovered(2),
  },
  {
    fault: '429, `Retry-After: 90`, which is longer than a caller is kept waiting',
    trouble: { effect: { kind: 'throttle', retryAfter: { seconds: 90 } } },
    endings: alike(throttled(1, 90)),
  },
  {
    fault: '429, `Retry-After` a date in two hours',
    trouble: { effect: { kind: 'throttle', retryAfter: { dateInSeconds: 7200 } } },
    endings: alike(throttled(1, 3600)),
  },
  {
    fault: '429, `Retry-After` of years',
    trouble: { effect: { kind: 'throttle', retryAfter: { seconds: 999_999_999 } } },
    endings: alike(throttled(1, 3600)),
  },
  {
    fault: '429 without `Retry-After`',
    trouble: { effect: { kind: 'throttle' } },
    endings: alike(throttled(3, 10)),
  },
  {
    fault: '429, `Retry-After: soon`',
    trouble: { effect: { kind: 'throttle', retryAfter: { raw: 'soon' } } },
    endings: alike(throttled(3, 10)),
  },
  {
    fault: '429, `Retry-After: 0`',
    trouble: { effect: { kind: 'throttle', retryAfter: { seconds: 0 } } },
    endings: alike(throttled(3, 1)),
  },
  { fault: '500', trouble: { effect: { kind: 'error', status: 500 } }, endings: ambiguous },
  { fault: '502', trouble: { effect: { kind: 'error', status: 502 } }, endings: ambiguous },
  {
    fault: "503 in Graph's words, once",
    trouble: { times: 1, effect: { kind: 'error', status: 503 } },
    endings: recovered(2),
  },
  {
    fault: "503 in Graph's words",
    trouble: { effect: { kind: 'error', status: 503 } },
    endings: alike(unavailable(3)),
  },
  {
    fault: "503 in Graph's words, `Retry-After: 90`",
    trouble: { effect: { kind: 'error', status: 503, retryAfter: { seconds: 90 } } },
    endings: alike(unavailable(1, 90)),
  },
  {
    fault: '503 with an empty body',
    trouble: { effect: { kind: 'error', status: 503, body: 'empty' } },
    endings: frontEnd,
  },
  {
    fault: '503 with an HTML page',
    trouble: { effect: { kind: 'error', status: 503, body: 'html' } },
    endings: frontEnd,
  },
  {
    fault: '503 with an HTML page, after the change was made',
    trouble: { when: 'after', effect: { kind: 'error', status: 503, body: 'html' } },
    endings: frontEnd,
  },
  { fault: '504', trouble: { effect: { kind: 'error', status: 504 } }, endings: ambiguous },
  {
    fault: '504 after the change was made',
    trouble: { when: 'after', effect: { kind: 'error', status: 504 } },
    endings: ambiguous,
  },
  {
    fault: '409, another change at the same time, once',
    trouble: { times: 1, effect: { kind: 'error', status: 409 } },
    endings: { ...recovered(2), start: conflict(1) },
  },
  {
    fault: '409, again and again',
    trouble: { effect: { kind: 'error', status: 409 } },
    endings: { ...alike(conflict(3)), start: conflict(1) },
  },
  { fault: '423, locked', trouble: { effect: { kind: 'error', status: 423 } }, endings: alike(conflict(1)) },
  { fault: '400', trouble: { effect: { kind: 'error', status: 400 } }, endings: alike(rejected) },
  {
    fault: '403, a permission is missing',
    trouble: { effect: { kind: 'error', status: 403, code: 'Authorization_RequestDenied' } },
    endings: alike(forbidden(1)),
  },
  {
    fault: '404, no such job',
    trouble: { effect: { kind: 'error', status: 404 } },
    endings: alike(failure(404, 'graph_not_found', 'not_found', 1)),
  },
  {
    fault: 'a redirect',
    trouble: { effect: { kind: 'raw', status: 302, headers: { location: 'https://elsewhere.example/' }, body: '' } },
    endings: alike(rejected),
  },
  {
    fault: '401 once: the token is no longer good',
    trouble: { times: 1, effect: { kind: 'error', status: 401, code: 'InvalidAuthenticationToken' } },
    renewal: true,
    endings: recovered(2),
  },
  {
    fault: '401 `UnknownError` with an empty message, and we do not own the target',
    trouble: 'not owned',
    renewal: true,
    endings: { ...alike(notOwned), start: { ...notOwned, atRead: true } },
  },
  {
    fault: '401 `UnknownError` with an empty message, though we own the target',
    trouble: { effect: { kind: 'error', status: 401, code: 'UnknownError', message: '' } },
    renewal: true,
    endings: alike(forbidden(3)),
  },
  {
    fault: "Entra's token endpoint down, no token at hand",
    trouble: 'token endpoint down',
    endings: { ...alike(noCredential), start: { ...noCredential, atRead: true } },
  },
  { fault: 'no answer within 20 seconds', trouble: 'no answer in time', endings: alike(unknown('timeout')) },
  {
    fault: 'connection reset once, before the change was made',
    trouble: { times: 1, effect: { kind: 'reset' } },
    endings: { ...recovered(2), ...changes(unknown('connection_lost')) },
  },
  {
    fault: 'connection reset, before the change was made',
    trouble: { effect: { kind: 'reset' } },
    endings: lost,
  },
  {
    fault: 'connection reset, after the change was made',
    trouble: { when: 'after', effect: { kind: 'reset' } },
    endings: lost,
  },
  {
    fault: '200 with an HTML page, as of a sign-in portal',
    trouble: { effect: { kind: 'raw' } },
    endings: strange,
  },
  {
    fault: '200 with JSON that is not a job',
    trouble: { effect: { kind: 'raw', headers: { 'content-type': 'application/json' }, body: '{}' } },
    endings: strange,
  },
  {
    fault: 'half of the body, then a broken connection',
    trouble: { when: 'after', effect: { kind: 'truncate' } },
    endings: cutShort,
  },
  {
    fault: '`Content-Length` greater than the body',
    trouble: { when: 'after', effect: { kind: 'content-length', delta: 9 } },
    endings: cutShort,
  },
  {
    fault: '`Content-Length` smaller than the body',
    trouble: { when: 'after', effect: { kind: 'content-length', delta: -5 } },
    endings: strange,
  },
];
