import { type EpochMillis, ServicePrincipalId } from '#kernel';
import { someApplication } from '#testing';
import type { PolicyRequest } from '../decision.ts';
import { readWallTime } from '../time/wall-time.ts';
import { type Weekday, Zone } from '../time/zone.ts';
import { WindowCondition } from './window.ts';

function at(time: string): PolicyRequest {
  return {
    caller: someApplication(),
    action: 'pause',
    servicePrincipalId: ServicePrincipalId.parse('70000000-0000-4000-8000-000000000000', 'servicePrincipalId'),
    justification: {},
    at: Date.parse(time) as EpochMillis,
  };
}

/** Written as `Europe/Berlin mon,tue 08:00-18:00`; no days: every day. */
function windows(...texts: readonly string[]): WindowCondition {
  return new WindowCondition(
    texts.map((text) => {
      const [zone = '', hours = '', days] = text.split(' ').toSorted((a, b) => rank(a) - rank(b));
      const [from = '', to = ''] = hours.split('-');
      return {
        zone: Zone.read(zone)!,
        from: readWallTime(from)!,
        to: readWallTime(to)!,
        ...(days !== undefined && { days: days.split(',') as Weekday[] }),
      };
    }),
  );
}

const rank = (part: string) => (/^[A-Z]/.test(part) ? 0 : /^\d/.test(part) ? 1 : 2);

const cases: readonly (readonly [window: string, open: readonly string[], shut: readonly string[]])[] = [
  [
    'Europe/Berlin mon,tue,wed,thu,fri 08:00-18:00',
    ['2026-11-23T07:00:00Z', '2026-11-23T16:59:59.999Z', '2026-07-01T06:00:00Z', '2026-07-01T15:59:59.999Z'],
    [
      '2026-11-23T06:59:59.999Z',
      '2026-11-23T17:00:00Z',
      '2026-07-01T05:59:59.999Z',
      '2026-07-01T16:00:00Z',
      '2026-11-22T10:00:00Z',
    ],
  ],
  ['UTC 00:00-24:00', ['2026-11-23T00:00:00Z', '2026-11-23T23:59:59.999Z', '1969-12-31T23:59:59Z'], []],
  [
    'UTC thu 00:00-24:00',
    ['1970-01-01T00:00:00Z', '1969-12-25T12:00:00Z'],
    ['1969-12-31T23:59:59.999Z', '1970-01-02T00:00:00Z'],
  ],
  // Overnight: the hours after midnight belong to the day before.
  [
    'Europe/Berlin fri 22:00-06:00',
    ['2026-11-20T21:00:00Z', '2026-11-21T04:59:59.999Z'],
    ['2026-11-20T20:59:59.999Z', '2026-11-21T05:00:00Z', '2026-11-20T00:00:00Z', '2026-11-21T21:00:00Z'],
  ],
  [
    'UTC sun 23:00-00:00',
    ['2026-11-22T23:00:00Z', '2026-11-22T23:59:59.999Z'],
    ['2026-11-23T00:00:00Z', '2026-11-22T22:59:59.999Z'],
  ],
  // 2026-03-29: Berlin's clocks go from 02:00 straight to 03:00, at 01:00 UTC.
  [
    'Europe/Berlin 02:15-02:45',
    ['2026-03-28T01:30:00Z', '2026-03-30T00:30:00Z'],
    ['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-03-29T01:30:00Z'],
  ],
  [
    'Europe/Berlin 01:30-03:30',
    ['2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z', '2026-03-29T01:29:59Z'],
    ['2026-03-29T01:30:00Z', '2026-03-29T02:00:00Z'],
  ],
  ['Europe/Berlin sat 22:00-06:00', ['2026-03-28T21:00:00Z', '2026-03-29T03:59:59Z'], ['2026-03-29T04:00:00Z']],
  // 2026-10-25: Berlin's clocks show 02:00 to 03:00 twice, from 00:00 and from 01:00 UTC.
  [
    'Europe/Berlin 02:15-02:45',
    ['2026-10-25T00:15:00Z', '2026-10-25T00:44:59Z', '2026-10-25T01:15:00Z', '2026-10-25T01:44:59Z'],
    ['2026-10-25T00:14:59Z', '2026-10-25T00:45:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:45:00Z'],
  ],
  [
    'Europe/Berlin sat 22:00-06:00',
    ['2026-10-24T20:00:00Z', '2026-10-25T04:59:59Z'],
    ['2026-10-25T05:00:00Z', '2026-10-24T19:59:59Z'],
  ],
  // Lord Howe moves by half an hour: 2026-04-05 at 02:00 back to 01:30 (15:00 UTC), 2026-10-04 at 02:00 on to 02:30 (15:30 UTC).
  [
    'Australia/Lord_Howe 01:30-02:00',
    ['2026-04-04T14:30:00Z', '2026-04-04T14:59:59Z', '2026-04-04T15:00:00Z', '2026-04-04T15:29:59Z'],
    ['2026-04-04T14:29:59Z', '2026-04-04T15:30:00Z'],
  ],
  [
    'Australia/Lord_Howe 02:00-02:30',
    ['2026-10-02T15:30:00Z', '2026-10-04T15:00:00Z'],
    ['2026-10-03T15:29:59Z', '2026-10-03T15:30:00Z', '2026-10-03T15:59:59Z'],
  ],
  [
    'Australia/Lord_Howe sun 02:30-03:00',
    ['2026-10-03T15:30:00Z', '2026-10-03T15:59:59Z'],
    ['2026-10-03T15:29:59Z', '2026-10-03T16:00:00Z'],
  ],
  // Far from UTC the day of the week is not UTC's.
  ['Pacific/Kiritimati mon 00:00-24:00', ['2026-11-22T10:00:00Z'], ['2026-11-22T09:59:59Z', '2026-11-23T10:00:00Z']],
];

describe.each(cases)('the window %s', (window, open, shut) => {
  const condition = windows(window);
  it.each(open.map((time) => [time]))('is open at %s', (time) => {
    expect(condition.holds(at(time))).toBe(true);
  });
  if (shut.length > 0) {
    it.each(shut.map((time) => [time]))('is shut at %s', (time) => {
      expect(condition.holds(at(time))).toBe(false);
    });
  }
});

describe('windows', () => {
  it('are open when one of them is', () => {
    const condition = windows('UTC 01:00-02:00', 'UTC 03:00-04:00');
    const open = ['00', '01', '02', '03', '04'].filter((hour) => condition.holds(at(`2026-11-23T${hour}:00:00Z`)));
    expect(open).toEqual(['01', '03']);
  });

  it('say when they are open and what each wall clock shows', () => {
    const condition = windows('Europe/Berlin mon,fri 08:00-18:00', 'UTC 22:00-24:00', 'Europe/Berlin 03:00-04:00');
    expect(condition.explain(at('2026-11-22T10:30:00Z'))).toEqual({
      expected: '08:00 to 18:00 on mon, fri in Europe/Berlin; 22:00 to 24:00 in UTC; 03:00 to 04:00 in Europe/Berlin',
      got: 'sun 11:30 in Europe/Berlin; sun 10:30 in UTC',
    });
  });
});
