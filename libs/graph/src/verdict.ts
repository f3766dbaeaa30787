import type { GraphRefusal, GraphResult, NotSent, UnknownReason } from './graph-gateway.ts';
import { readErrorCode } from './graph-body.ts';
import type { GraphReply, TransportFailure } from './graph-transport.ts';

type WithoutEvidence<Result> = Result extends unknown ? Omit<Result, 'evidence'> : never;

/** How a call ends, apart from the evidence. */
export type Ending<Value> = WithoutEvidence<GraphResult<Value>>;

/**
 * What one attempt means: how the call ends if nothing more is done, and what could still mend it.
 * `renew_token` once; `resend` within the limit of attempts; `resend_once` after a loss; `reconnect` until the deadline.
 */
export interface Verdict<Value> {
  readonly ending: Ending<Value>;
  readonly next: 'stop' | 'renew_token' | 'resend' | 'resend_once' | 'reconnect';
}

const refusals: Readonly<Record<number, readonly [GraphRefusal, Verdict<never>['next']]>> = {
  401: ['not_owned', 'renew_token'],
  403: ['forbidden', 'stop'],
  404: ['not_found', 'stop'],
  // Directory_ConcurrencyViolation: somebody else was writing.
  409: ['conflict', 'resend'],
  423: ['conflict', 'stop'],
  429: ['throttled', 'resend'],
  503: ['unavailable', 'resend'],
};

/** Judges an answered read. `read` gives the documented value of a 200, or undefined. */
export function judgeRead<Value>(
  reply: GraphReply,
  read: (body: GraphReply['body']) => Value | undefined,
): Verdict<Value> {
  if (reply.status === 200) {
    if (reply.body === 'broken_off') return lost('connection_lost', 'resend_once');
    const value = read(reply.body);
    return value === undefined ? refused('malformed_reply', 'stop') : { ending: { kind: 'done', value }, next: 'stop' };
  }
  if (reply.status < 300) return refused('malformed_reply', 'stop');
  return reply.status >= 500 ? refused('unavailable', 'resend') : judgeRefusal(reply.status);
}

/**
 * Judges an answered pause. Only 204 is a success: a 200 or 202 is not what Graph documents and is what a portal
 * between us and Graph would say, so it is as unknown as a server error that may have come after the effect. So is a
 * 503 in the words of some front end, only that a pause may be sent again after it.
 */
export function judgePause(reply: GraphReply): Verdict<undefined> {
  const { status } = reply;
  if (status === 204) return { ending: { kind: 'done', value: undefined }, next: 'stop' };
  if (isFrontEnds503(reply)) return lost('server_error', 'resend');
  if (status < 300 || (status >= 500 && status !== 503)) return lost('server_error', 'stop');
  return judgeRefusal(status);
}

/**
 * Judges an answered start, which unlike a pause must not reach a job that runs. It is sent again only when Graph itself
 * says that it did nothing, and not after a conflict: another change has made what we read before the start outdated.
 */
export function judgeStart(reply: GraphReply): Verdict<undefined> {
  if (isFrontEnds503(reply)) return lost('server_error', 'stop');
  if (reply.status === 409) return refused('conflict', 'stop');
  return judgePause(reply);
}

/** Judges an attempt without an answer. `repeatable`: sending it twice does no harm. */
export function judgeFailure({ code }: TransportFailure, repeatable: boolean): Verdict<never> {
  switch (code) {
    case 'connect_failed':
      return notSent('connect_failed', 'reconnect');
    case 'never_sent':
      return notSent('deadline_exceeded', 'stop');
    case 'circuit_open':
    case 'too_busy':
      return notSent(code, 'stop');
    case 'connection_lost':
      return lost('connection_lost', repeatable ? 'resend_once' : 'stop');
    case 'no_reply':
      return lost('timeout', 'stop');
  }
}

/** Graph says with a code that it did nothing; what stands before Graph may say 503 after the effect. */
function isFrontEnds503({ status, body }: GraphReply): boolean {
  return status === 503 && readErrorCode(body) === undefined;
}

function judgeRefusal(status: number): Verdict<never> {
  const [refusal, next] = refusals[status] ?? ['rejected', 'stop'];
  return refused(refusal, next);
}

function refused(refusal: GraphRefusal, next: Verdict<never>['next']): Verdict<never> {
  return { ending: { kind: 'refused', refusal }, next };
}

function notSent(reason: NotSent, next: Verdict<never>['next']): Verdict<never> {
  return { ending: { kind: 'not_sent', reason }, next };
}

function lost(reason: UnknownReason, next: Verdict<never>['next']): Verdict<never> {
  return { ending: { kind: 'unknown', reason }, next };
}
