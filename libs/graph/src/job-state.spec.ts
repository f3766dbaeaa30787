import { readJobId } from '#kernel';
import { stateOf } from './job-state.ts';

const jobWith = (state: string, code: string) => ({ id: readJobId('scim.1')!, schedule: { state }, status: { code } });

describe('stateOf', () => {
  it.each([
    ['Active', 'Active', false],
    ['Active', 'NotRun', false],
    ['Active', 'Quarantine', false],
    ['Active', 'Paused', true],
    ['Paused', 'Paused', true],
    ['Paused', 'Active', true],
    ['Disabled', 'Paused', true],
    ['Disabled', 'NotConfigured', true],
    ['SomethingNew', 'Active', false],
    ['paused', 'active', false],
  ])('a job with schedule %s and status %s: stopped is %s', (scheduleState, statusCode, stopped) => {
    expect(stateOf(jobWith(scheduleState, statusCode))).toEqual({ scheduleState, statusCode, stopped });
  });
});
