import { type EpochMillis, type Justification, ServicePrincipalId } from '#kernel';
import { someApplication } from '#testing';
import type { PolicyRequest } from '../decision.ts';
import { readDuration } from '../time/iso-duration.ts';
import { DurationCondition } from './duration.ts';
import { ReasonCondition } from './reason.ts';

const now = Date.parse('2026-11-23T10:00:00Z');

function asking(justification: Justification): PolicyRequest {
  return {
    caller: someApplication(),
    action: 'pause',
    servicePrincipalId: ServicePrincipalId.parse('70000000-0000-4000-8000-000000000000', 'servicePrincipalId'),
    justification,
    at: now as EpochMillis,
  };
}

describe('a reason of at least 4 characters', () => {
  const condition = new ReasonCondition(4);

  it.each<[string | undefined, boolean, string]>([
    [undefined, false, 'none'],
    ['', false, '0 characters'],
    ['abc', false, '3 characters'],
    ['  a \n', false, '1 character'],
    ['      ', false, '0 characters'],
    ['😀😀', false, '2 characters'],
    ['😀😀😀', false, '3 characters'],
  ])('is not %j', (reason, holds, got) => {
    const request = asking(reason === undefined ? {} : { reason });
    expect(condition.holds(request)).toBe(holds);
    expect(condition.explain(request)).toEqual({ expected: 'at least 4 characters', got });
  });

  it.each(['abcd', ' abcd ', '😀😀😀😀', '\ud800\ud800\udc00x\udc00', 'a b c'])('is %j', (reason) => {
    expect(condition.holds(asking({ reason }))).toBe(true);
  });
});

describe('a duration of at most PT4H', () => {
  const condition = new DurationCondition(readDuration('PT4H')!);
  const until = (millis: number) => asking({ until: (now + millis) as EpochMillis });

  it.each([1, 60_000, 14_399_999, 14_400_000])('is %d ms', (millis) => {
    expect(condition.holds(until(millis))).toBe(true);
  });

  it.each([
    [14_400_001, 'at most PT4H', 'PT4H1S'],
    [86_400_000, 'at most PT4H', 'PT24H'],
    [0, 'must end later than now, at most PT4H', 'not later than now'],
    [-1, 'must end later than now, at most PT4H', 'not later than now'],
    [Number.NaN, 'must end later than now, at most PT4H', 'not later than now'],
  ])('is not %d ms', (millis, expected, got) => {
    expect(condition.holds(until(millis))).toBe(false);
    expect(condition.explain(until(millis))).toEqual({ expected, got });
  });

  it('must be given', () => {
    expect(condition.holds(asking({}))).toBe(false);
    expect(condition.explain(asking({}))).toEqual({ expected: 'required, at most PT4H', got: 'none' });
  });
});
