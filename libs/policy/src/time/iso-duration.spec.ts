import { formatDuration, readDuration } from './iso-duration.ts';

describe('a duration', () => {
  it.each([
    ['PT4H', 14_400_000],
    ['PT90M', 5_400_000],
    ['PT1S', 1_000],
    ['P1D', 86_400_000],
    ['P1W', 604_800_000],
    ['P1DT2H3M4S', 93_784_000],
  ])('%s is %d ms and keeps its text', (text, millis) => {
    expect(readDuration(text)).toEqual({ text, millis });
  });

  it.each(['', 'P', 'PT', 'P1DT', 'PT0S', 'P0D', '-PT1H', 'P1Y', 'P1M', 'PT1.5H', 'pt4h', 'P1W1D', '4h', 'PT4H '])(
    'is not %j',
    (text) => {
      expect(readDuration(text)).toBeUndefined();
    },
  );

  it.each([
    [0, 'PT0S'],
    [1, 'PT1S'],
    [5_400_000, 'PT1H30M'],
    [90_000_000, 'PT25H'],
    [14_400_001, 'PT4H1S'],
  ])('of %d ms is told as %s', (millis, text) => {
    expect(formatDuration(millis)).toBe(text);
  });
});
