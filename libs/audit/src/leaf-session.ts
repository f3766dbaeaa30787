import type { LoggedEvent } from './event-code.ts';
import type { LeafDetails } from './leaf.ts';
import { leafByCaller } from './leaf-parts.ts';
import type { LeafText } from './leaf-text.ts';
import type { SessionEvent } from './session-event.ts';

/** Whether an event is about a session of the console. */
export function isAboutSession(event: LoggedEvent): event is SessionEvent {
  return event.type === 'session.started' || event.type === 'session.ended';
}

/** What such an event adds to a leaf. */
export function leafOfSession(event: SessionEvent, ref: string | undefined, text: LeafText): LeafDetails {
  if (event.type === 'session.ended') {
    return { actor: { kind: 'system' }, parent: event.parent, ending: { kind: text.of(event.reason) } };
  }
  return leafByCaller(event, ref, text);
}
