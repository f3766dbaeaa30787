import type { AlarmEvent } from './alarm-event.ts';
import type { LeafAlarm, LeafDetails } from './leaf.ts';
import type { LeafText } from './leaf-text.ts';
import { present } from './present.ts';

/** What an event about the delivery of alarms adds to a leaf. */
export function leafOfAlarmEvent(event: AlarmEvent, text: LeafText): LeafDetails {
  return present<LeafDetails>({
    actor: { kind: event.type === 'alarm.retried' ? 'operator' : 'system' },
    parent: 'parent' in event ? event.parent : undefined,
    outcome_reason: 'reason' in event ? text.of(event.reason) : undefined,
    alarm: present<LeafAlarm>({
      destination: text.of(event.destination),
      name: 'name' in event ? text.of(event.name) : undefined,
      attempts: 'attempts' in event ? event.attempts : undefined,
      disclosed: 'disclosed' in event ? text.list(event.disclosed) : undefined,
      count: 'count' in event ? event.count : undefined,
    }),
  });
}
