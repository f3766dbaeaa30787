import { formatWallTime, readWallTime } from './wall-time.ts';

describe('a wall time', () => {
  it.each([
    ['00:00', 0],
    ['08:05', 485],
    ['23:59', 1439],
    ['24:00', 1440],
  ])('%s is %d minutes after midnight and is written the same way', (text, minutes) => {
    const time = readWallTime(text);
    expect(time).toBe(minutes);
    expect(formatWallTime(time!)).toBe(text);
  });

  it.each(['8:00', '24:01', '12:60', '12:00:00', '12.00', ' 12:00', '', '١٢:٠٠'])('is not %j', (text) => {
    expect(readWallTime(text)).toBeUndefined();
  });
});
