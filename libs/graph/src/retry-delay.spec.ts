import fc from 'fast-check';
import { FakeClock } from '#testing';
import { decorrelatedDelay, parseRetryAfter } from './retry-delay.ts';

const now = new FakeClock('2026-03-01T12:00:00Z').now();

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['7', 7000],
    ['86400', 3_600_000],
    ['999999999999999', 3_600_000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['Sun, 01 Mar 2037 11:00:00 GMT', 3_600_000],
  ])('reads %j as %d ms', (header, millis) => {
    expect(parseRetryAfter(header, now)).toBe(millis);
  });

  it.each([
    undefined,
    '',
    ' ',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    'soon',
    '2026-03-01',
    'Sun, 99 Mar 2026 12:00:30 GMT',
    '9'.repeat(400),
  ])('makes nothing of %j', (header) => {
    expect(parseRetryAfter(header, now)).toBeUndefined();
  });

  it('never asks for a negative, endless or fractional wait, whatever the header', () => {
    const wellFormed = fc.oneof(
      fc.string(),
      fc.nat().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(wellFormed, (header) => {
        const millis = parseRetryAfter(header, now) ?? 0;
        expect(Number.isSafeInteger(millis) && millis >= 0 && millis <= 3_600_000).toBe(true);
      }),
    );
  });
});

describe('decorrelatedDelay', () => {
  it('grows with the wait before it, up to five seconds', () => {
    const longest: number[] = [];
    for (let wait: number | undefined; longest.length < 5; longest.push(wait)) wait = decorrelatedDelay(wait, () => 1);
    expect(longest).toEqual([500, 1500, 4500, 5000, 5000]);
  });

  it('stays between 50 ms and five seconds, whatever chance says', () => {
    const chance = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(chance, (draws) => {
        let wait: number | undefined;
        for (const draw of draws) {
          wait = decorrelatedDelay(wait, () => draw);
          expect(wait).toBeGreaterThanOrEqual(50);
          expect(wait).toBeLessThanOrEqual(5000);
        }
      }),
    );
  });

  it('parts those who have waited equally long', () => {
    expect(decorrelatedDelay(400, () => 0)).toBe(50);
    expect(decorrelatedDelay(400, () => 0.5)).toBe(625);
  });
});
