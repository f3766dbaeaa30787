import fc from 'fast-check';
import { type EpochMillis, parseTimestamp, SystemClock, toTimestamp } from './clock.ts';

describe('the machine’s clock', () => {
  it('ends a wait early with the reason of its signal', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const waiting = new SystemClock().wait(3_600_000, stop.signal);
    stop.abort(reason);

    await expect(waiting).rejects.toBe(reason);
  });

  it('does not wait at all for a signal that has fired', async () => {
    await expect(new SystemClock().wait(3_600_000, AbortSignal.abort('late'))).rejects.toBe('late');
  });
});

describe('a timestamp', () => {
  it.each(['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.123456+05:30', '2026-11-23t10:00:00z'])('can be %s', (text) => {
    expect(parseTimestamp(text)).toBe(Date.parse(text.toUpperCase()));
  });

  it.each([
    '',
    '2026-02-30T00:00:00Z',
    '2026-02-01T24:00:00Z',
    '2026-11-23',
    '2026-11-23T10:00:00',
    '2026-13-01T00:00:00Z',
    '1700000000000',
    'now',
  ])('cannot be %j', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  it('is written as the platform writes it, whatever came before', () => {
    const days = fc.array(fc.date({ noInvalidDate: true }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(days, fc.nat(86_400_000), (dates, later) => {
        for (const at of dates.flatMap((date) => [date.getTime(), date.getTime() - later])) {
          if (Math.abs(at) > 8.64e15) continue;
          expect(toTimestamp(at as EpochMillis)).toBe(new Date(at).toISOString());
        }
      }),
    );
    expect(toTimestamp(0.5 as EpochMillis)).toBe('1970-01-01T00:00:00.000Z');
    expect(() => toTimestamp(Number.NaN as EpochMillis)).toThrow(RangeError);
  });

  it('is written in UTC with milliseconds and read back as the same moment', () => {
    const at = parseTimestamp('2026-11-23T10:00:00.5+02:00');

    expect(at === undefined ? '' : toTimestamp(at)).toBe('2026-11-23T08:00:00.500Z');
  });
});
