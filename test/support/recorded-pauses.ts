import type { Recorded } from './recorded-events.ts';

/** What the log says about a request: each of its pause intents with the outcomes that name it as their parent. */
export interface RecordedPause {
  readonly instance: unknown;
  readonly outcomes: readonly (string | undefined)[];
}

/** The pauses of a request, found by the `request-id` of its reply. A sound log has one with one outcome. */
export function pausesOf(events: readonly Recorded[], requestId: string): readonly RecordedPause[] {
  return events
    .filter((event) => event.type === 'pause.intent' && event.corr?.request_id === requestId)
    .map((intent) => ({
      instance: intent['instance'],
      outcomes: events
        .filter((event) => event.type === 'pause.outcome' && event.parent === intent.id)
        .map(({ outcome }) => outcome),
    }));
}
