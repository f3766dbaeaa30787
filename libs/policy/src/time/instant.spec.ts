import { readInstant } from './instant.ts';

describe('an instant', () => {
  it.each([
    ['2026-12-20T00:00:00Z', Date.UTC(2026, 11, 20)],
    ['2026-12-20t01:30:00.250+01:00', Date.UTC(2026, 11, 20, 0, 30, 0, 250)],
    ['2028-02-29T23:59:59-00:30', Date.UTC(2028, 2, 1, 0, 29, 59)],
  ])('is read from %s', (text, millis) => {
    expect(readInstant(text)).toBe(millis);
  });

  it.each(['2026-02-30T00:00:00Z', '2027-02-29T00:00:00Z', '2026-04-31T00:00:00Z', '2026-04-30T24:00:00Z'])(
    'is not %s, which no calendar has',
    (text) => {
      expect(readInstant(text)).toBeUndefined();
    },
  );

  it.each(['2026-12-20', '2026-12-20T00:00:00', '2026-12-20 00:00:00Z', '2026-13-01T00:00:00Z', 'tomorrow', ''])(
    'is not %j',
    (text) => {
      expect(readInstant(text)).toBeUndefined();
    },
  );
});
