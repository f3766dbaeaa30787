import { type EpochMillis, toTimestamp } from '#kernel';
import type { LoggedEvent } from '../event-code.ts';

/**
 * Whom personal fields are about, by which one key seals them: a principal (realm: its tenant, name: its object id), or
 * of those whom nobody knows, all of one day (realm `strangers` or `operators`, name: the day in UTC).
 */
export interface SubjectName {
  readonly realm: string;
  readonly name: string;
}

/** Whom the personal fields of an event are about; undefined when it can have none. */
export function subjectOf(event: LoggedEvent, received: EpochMillis): SubjectName | undefined {
  if ('caller' in event) return { realm: event.caller.tenantId, name: event.caller.objectId };
  if ('request' in event) return { realm: 'strangers', name: dayOf(event.request.receivedAt) };
  if ('sanction' in event) return { realm: 'operators', name: dayOf(received) };
  return undefined;
}

function dayOf(time: EpochMillis): string {
  return toTimestamp(time).slice(0, 10);
}
