import { type EpochMillis, ServicePrincipalId } from '#kernel';
import { someApplication } from '#testing';
import type { PolicyRequest } from '../decision.ts';
import { DuringCondition, type Period } from './during.ts';

const request = (at: number): PolicyRequest => ({
  caller: someApplication(),
  action: 'start',
  servicePrincipalId: ServicePrincipalId.parse('70000000-0000-4000-8000-000000000000', 'servicePrincipalId'),
  justification: {},
  at: at as EpochMillis,
});
const period = (from?: number, to?: number): Period => ({
  ...(from !== undefined && { from: from as EpochMillis }),
  ...(to !== undefined && { to: to as EpochMillis }),
});
const within = (...periods: readonly Period[]) => {
  const condition = new DuringCondition(periods);
  return [-1, 0, 1, 999, 1000, 1001, 1999, 2000].filter((at) => condition.holds(request(at)));
};

describe('a period', () => {
  it('holds its start and not its end', () => {
    expect(within(period(0, 1000))).toEqual([0, 1, 999]);
  });

  it('is open on a side that is left out', () => {
    expect(within(period(1000))).toEqual([1000, 1001, 1999, 2000]);
    expect(within(period(undefined, 1))).toEqual([-1, 0]);
  });

  it('is one of a list, any of which will do', () => {
    expect(within(period(0, 1), period(1000, 1001))).toEqual([0, 1000]);
  });

  it('is told in UTC', () => {
    const condition = new DuringCondition([period(1000, 2000), period(5000), period(undefined, 0)]);
    expect(condition.explain(request(2000))).toEqual({
      expected:
        'from 1970-01-01T00:00:01.000Z before 1970-01-01T00:00:02.000Z; from 1970-01-01T00:00:05.000Z; ' +
        'before 1970-01-01T00:00:00.000Z',
      got: '1970-01-01T00:00:02.000Z',
    });
  });
});
