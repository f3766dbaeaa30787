import type { EventId } from '#kernel';
import type { AlarmEvent } from './alarm-event.ts';
import { eventCode } from './event-code.ts';
import { leafDetails } from './leaf-details.ts';
import { LeafText, usualLimits } from './leaf-text.ts';

const parent = 'event' as EventId;
const destination = 'siem';
const system = { kind: 'system' };

describe('the leaf of what happens to alarms', () => {
  it.each<[AlarmEvent, string, object]>([
    [
      { type: 'alarm.parked', destination, parent, name: 'break-glass', reason: 'gone', attempts: 1 },
      'ALM01E',
      { actor: system, parent, outcome_reason: 'gone', alarm: { destination, name: 'break-glass', attempts: 1 } },
    ],
    [
      { type: 'alarm.destination_failed', destination, reason: 'timed_out' },
      'ALM02E',
      { actor: system, outcome_reason: 'timed_out', alarm: { destination } },
    ],
    [{ type: 'alarm.destination_recovered', destination }, 'ALM03I', { actor: system, alarm: { destination } }],
    [
      { type: 'alarm.disclosed', destination, parent, name: 'break-glass', disclosed: ['reason'] },
      'ALM04I',
      { actor: system, parent, alarm: { destination, name: 'break-glass', disclosed: ['reason'] } },
    ],
    [
      { type: 'alarm.retried', destination: '*', count: 2 },
      'ALM05I',
      { actor: { kind: 'operator' }, alarm: { destination: '*', count: 2 } },
    ],
  ])('says all of it: %j', (event, code, details) => {
    expect(eventCode(event)).toBe(code);
    expect(leafDetails(event, undefined, new LeafText(usualLimits))).toEqual(details);
  });
});
