import { setImmediate } from 'node:timers/promises';
import { TurnPace } from './turn-pace.ts';

it('lets so many begin per turn of the event loop, at once where it can, in the order in which they came', async () => {
  const pace = new TurnPace(3);
  const begun: number[] = [];
  for (let n = 0; n < 8; n += 1) pace.begin(() => begun.push(n));
  expect(begun).toEqual([0, 1, 2]);

  await setImmediate();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  pace.begin(() => begun.push(8));
  await setImmediate();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);

  await setImmediate();
  for (let n = 9; n < 13; n += 1) pace.begin(() => begun.push(n));
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});
