import type { EventId } from '#kernel';
import type { JudgedRequest, RecordedJobState, Resource } from './recorded-facts.ts';

/** How a hold ended without a start: its job stays held by others, was left paused, or had been started by somebody else. */
export type RecordedEnding =
  | { readonly kind: 'released'; readonly reason: 'released' | 'overridden' | 'expired' }
  | { readonly kind: 'not_resumed'; readonly reason: string }
  | { readonly kind: 'superseded' };

interface AboutHold {
  /** The hold: the intent of the pause that made it. */
  readonly parent: EventId;
  readonly resource: Resource;
}

interface Ended extends AboutHold {
  readonly type: 'hold.ended';
  readonly ending: RecordedEnding;
  /** The job as it was read, when that decided. */
  readonly before?: RecordedJobState;
}

/** A hold ended. Without a caller it was its time that ended it. */
export type HoldEnded = Ended | (Ended & JudgedRequest);

/** The end of a hold was moved, to the `until` of the justification. */
export type HoldExtended = AboutHold & JudgedRequest & { readonly type: 'hold.extended' };

/** A hold that a start of ours had crossed was looked at again: its job is stopped. */
export interface HoldConfirmed extends AboutHold {
  readonly type: 'hold.confirmed';
}

/** What happens to a hold without a call to Graph. Such an event is the change itself: nothing is left to be observed. */
export type HoldEvent = HoldEnded | HoldExtended | HoldConfirmed;
