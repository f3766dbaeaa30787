import type { EpochMillis } from '#kernel';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { Zone } from './zone.ts';

const names = Intl.supportedValuesOf('timeZone');

describe('a zone', () => {
  it('shows the same local time as Temporal, in every zone and at any time from 1975 to 2050', () => {
    const zones = new Map(names.map((name) => [name, Zone.read(name)!]));
    const at = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2050, 0, 1) });
    const agree = fc.property(fc.constantFrom(...names), at, (name, millis) => {
      const local = Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO(name);
      const expected = { weekday: local.dayOfWeek % 7, minute: local.hour * 60 + local.minute };
      expect(zones.get(name)!.localTime(millis as EpochMillis)).toEqual(expected);
    });
    fc.assert(agree, { numRuns: 1_500 });
  });

  it('tells people what the clock on the wall shows', () => {
    const at = Date.parse('2026-11-21T17:05:59.999Z') as EpochMillis;
    expect(Zone.read('Europe/Berlin')!.describe(at)).toBe('sat 18:05 in Europe/Berlin');
    expect(Zone.read('Australia/Lord_Howe')!.describe(at)).toBe('sun 04:05 in Australia/Lord_Howe');
  });

  it.each(['Mars/Olympus', 'Lord_Howe', '+02:00', 'GMT+1', '', ' UTC', 'Europe/Berlin\0'])('is not %j', (name) => {
    expect(Zone.read(name)).toBeUndefined();
  });
});
