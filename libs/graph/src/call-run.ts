import type { Clock, RequestWatch, StepEnd } from '#kernel';
import { AccessToken } from './access-token.ts';
import { CallEvidence } from './call-evidence.ts';
import { type Deadline, DeadlinePassed } from './deadline.ts';
import type { GraphCall, NotSent } from './graph-gateway.ts';
import type { GraphPath } from './graph-path.ts';
import type { GraphTokens } from './graph-tokens.ts';
import {
  type GraphReply,
  type GraphRequest,
  type GraphTransport,
  headerOf,
  TransportFailure,
} from './graph-transport.ts';
import { decorrelatedDelay, parseRetryAfter } from './retry-delay.ts';
import { type Ending, judgeFailure, type Verdict } from './verdict.ts';

/** How often one request is sent at most, the repeat with a renewed token apart. */
const maxSends = 3;

const internalError: StepEnd = { failure: 'internal_error' };

/** What calls are made with. */
export interface CallTools {
  readonly transport: GraphTransport;
  readonly tokens: GraphTokens;
  readonly clock: Clock;
  /** Uniform in [0, 1): the jitter of waits. */
  readonly random: () => number;
  /** Hears how each request ended, and whether it was the repeat of one. */
  readonly onAttempt?: ((end: StepEnd, isRetry: boolean) => void) | undefined;
}

/** What one request has used up of what may be tried. */
interface Tried {
  sends: number;
  /** The last wait that was ours to choose. */
  waited: number | undefined;
  renewed: boolean;
  lost: boolean;
}

/** One call of the gateway: gets its requests answered and repeats what is safe to repeat, until the deadline. */
export class CallRun {
  readonly evidence: CallEvidence;
  readonly #tools: CallTools;
  readonly #method: 'GET' | 'POST';
  readonly #deadline: Deadline;
  readonly #watch: RequestWatch | undefined;

  constructor(tools: CallTools, method: 'GET' | 'POST', path: GraphPath, call: GraphCall, deadline: Deadline) {
    const target = { method, host: tools.transport.host, pathTemplate: path.template };
    this.evidence = new CallEvidence(target, call.receipt.eventId, tools.clock);
    this.#tools = tools;
    this.#method = method;
    this.#deadline = deadline;
    this.#watch = call.watch;
  }

  async answer<Value>(path: string, judge: (reply: GraphReply) => Verdict<Value>): Promise<Ending<Value>> {
    const tried: Tried = { sends: 0, waited: undefined, renewed: false, lost: false };
    let known: Ending<Value> | undefined;
    let fresh = false;
    for (;;) {
      const token = this.#tools.tokens.atHand() ?? (await this.#inTime(this.#tools.tokens.token()));
      if (!(token instanceof AccessToken)) return known ?? { kind: 'not_sent', reason: token };
      const verdict = await this.#attempt(path, token, fresh, known !== undefined, judge);
      known = this.#known(known, verdict.ending);
      if (verdict.next === 'stop') return known;
      if (verdict.next === 'renew_token') {
        if (tried.renewed) return known;
        const renewed = await this.#inTime(this.#tools.tokens.renew(token));
        // With no newer token to try, nobody knows whether the token or the ownership was wrong.
        if (!(renewed instanceof AccessToken)) return this.#known(known, { kind: 'refused', refusal: 'unavailable' });
        if (renewed === token) return known;
        tried.renewed = true;
      } else {
        const delay = this.#delayBefore(verdict.next, tried);
        if (delay === undefined || delay >= this.#deadline.remaining) return known;
        if (delay > 0) await this.#tools.clock.wait(delay);
        fresh = true;
      }
    }
  }

  /**
   * One read to understand what the call met: undefined when it is not answered. Sent once, in the time that is left, and
   * never instead of the call.
   */
  async lookAside(path: string): Promise<GraphReply | undefined> {
    const token = this.#tools.tokens.atHand() ?? (await this.#inTime(this.#tools.tokens.token()));
    if (!(token instanceof AccessToken)) return undefined;
    const clientRequestId = this.evidence.nextClientRequestId;
    const request = { method: 'GET', path, token, clientRequestId, freshConnection: false } as const;
    try {
      const reply = await this.#send(request, false);
      this.evidence.lookedAside();
      return reply;
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      if (judgeFailure(error, true).ending.kind === 'unknown') this.evidence.lookedAside();
      return undefined;
    }
  }

  /**
   * What is known after one more attempt. What an earlier one learned stands when a later one did not even leave us, and
   * a change that may have been made is not undone by a later refusal.
   */
  #known<Value>(earlier: Ending<Value> | undefined, latest: Ending<Value>): Ending<Value> {
    if (earlier === undefined) return latest;
    if (latest.kind === 'not_sent') return earlier;
    const maybeChanged = this.#method === 'POST' && earlier.kind === 'unknown';
    return maybeChanged && latest.kind === 'refused' ? earlier : latest;
  }

  /** Sends once and says what that means. */
  async #attempt<Value>(
    path: string,
    token: AccessToken,
    freshConnection: boolean,
    isRetry: boolean,
    judge: (reply: GraphReply) => Verdict<Value>,
  ): Promise<Verdict<Value>> {
    const clientRequestId = this.evidence.nextClientRequestId;
    try {
      const request = { method: this.#method, path, token, clientRequestId, freshConnection };
      const reply = await this.#send(request, isRetry);
      this.evidence.answered(reply, parseRetryAfter(headerOf(reply, 'retry-after'), this.#tools.clock.now()));
      return judge(reply);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      const verdict = judgeFailure(error, this.#method === 'GET');
      if (verdict.ending.kind === 'unknown') this.evidence.lost();
      if (error.retryAfterMs !== undefined) this.evidence.heldBack(error.retryAfterMs);
      return verdict;
    }
  }

  async #send(request: GraphRequest, isRetry: boolean): Promise<GraphReply> {
    const end = this.#watch?.begin('graph');
    let how: StepEnd = internalError;
    try {
      const reply = await this.#tools.transport.send(request, this.#deadline);
      how = { status: reply.status };
      return reply;
    } catch (error) {
      if (error instanceof TransportFailure) how = { failure: error.code };
      throw error;
    } finally {
      end?.(how);
      this.#tools.onAttempt?.(how, isRetry);
    }
  }

  /** Milliseconds to wait before trying again; undefined when there is no next try. */
  #delayBefore(next: Verdict<unknown>['next'], tried: Tried): number | undefined {
    switch (next) {
      case 'resend': {
        tried.sends += 1;
        if (tried.sends >= maxSends) return undefined;
        const { retryAfterMs } = this.evidence;
        // "Retry-After: 0" would have everybody come back at once.
        return retryAfterMs !== undefined && retryAfterMs > 0 ? retryAfterMs : this.#backOff(tried);
      }
      case 'resend_once': {
        const again = !tried.lost && tried.sends + 1 < maxSends;
        tried.lost = true;
        tried.sends += 1;
        return again ? 0 : undefined;
      }
      case 'reconnect':
        return this.#backOff(tried);
      case 'renew_token':
      case 'stop':
        return undefined;
    }
  }

  #backOff(tried: Tried): number {
    tried.waited = decorrelatedDelay(tried.waited, this.#tools.random);
    return tried.waited;
  }

  /** The token, or why there is none. */
  async #inTime(work: Promise<AccessToken>): Promise<AccessToken | NotSent> {
    try {
      return await this.#deadline.within(work);
    } catch (error) {
      return error instanceof DeadlinePassed ? 'deadline_exceeded' : 'credential_unavailable';
    }
  }
}
