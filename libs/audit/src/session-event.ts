import type { Caller, EventId } from '#kernel';
import type { RequestFacts } from './recorded-facts.ts';

/** Somebody signed in to the console: recorded before the browser gets the session. */
export interface SessionStarted {
  readonly type: 'session.started';
  readonly request: RequestFacts;
  readonly caller: Caller;
}

/** A session of the console ended. It is over when this is recorded; who had it says its start. */
export interface SessionEnded {
  readonly type: 'session.ended';
  /** The `session.started` of the session. */
  readonly parent: EventId;
  /** Stable code, such as `signed_out`, `idle` or `renewal_refused`. */
  readonly reason: string;
}

/** What happens to a session. */
export type SessionEvent = SessionStarted | SessionEnded;
