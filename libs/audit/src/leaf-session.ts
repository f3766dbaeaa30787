import type { LoggedEvent } from './event-code.ts';
import type { LeafDetails } from './leaf.ts';
import { leafActor, leafAuth, leafCorrelation } from './leaf-parts.ts';
import type { LeafText } from './leaf-text.ts';
import { present } from './present.ts';
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
  const { caller, request } = event;
  return {
    actor: leafActor(caller, ref, text),
    auth: leafAuth(caller.token, text),
    http: { method: text.of(request.method), route: text.of(request.route) },
    net: present<{ readonly tls?: string }>({ tls: text.maybe(request.tls) }),
    corr: leafCorrelation(request, text),
  };
}
