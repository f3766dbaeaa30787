import { durationText, timeText } from './time-text.ts';

describe('times in words', () => {
  it('are told to the second, in UTC by name', () => {
    expect(timeText('2026-11-23T03:04:05.678Z', 'utc')).toBe('2026-11-23 03:04:05 UTC');
    expect(timeText('not a time', 'utc')).toBe('not a time');
  });

  it.each([
    [-5, '0 s'],
    [1, '1 s'],
    [59_001, '1 min 00 s'],
    [3_599_000, '59 min 59 s'],
    [7_200_000, '2 h 00 min'],
    [90_000_000, '1 d 01 h'],
  ])('%d ms are %s', (millis, text) => {
    expect(durationText(millis)).toBe(text);
  });
});
