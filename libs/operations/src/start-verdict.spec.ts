import fc from 'fast-check';
import type { SynchronizationJob } from '#graph';
import type { JobId } from '#kernel';
import { judgeStart } from './start-verdict.ts';

const tooManyDeletes = { reason: 'TooManyDeletes', seriesCount: 1 };
const job = (schedule: string, code: string, quarantine: unknown = null): SynchronizationJob => ({
  id: 'job' as JobId,
  schedule: { state: schedule },
  status: { code, quarantine },
});
const start = { kind: 'start' };
const running = { kind: 'job_running' };
const quarantined = { kind: 'job_quarantined', reason: 'TooManyDeletes' };

describe('judgeStart', () => {
  it.each([
    ['paused', job('Paused', 'Paused'), start, start],
    ['paused, as documented samples show it', job('Disabled', 'Paused'), start, start],
    ['never started', job('Disabled', 'NotConfigured'), start, start],
    ['running', job('Active', 'Active'), running, running],
    ['waiting for its first run', job('Active', 'NotRun'), running, running],
    ['in a state that nobody knows', job('Suspended', 'Hibernating'), running, running],
    ['quarantined', job('Active', 'Quarantine', tooManyDeletes), quarantined, start],
    ['quarantined without details', job('Active', 'Quarantine'), { kind: 'job_quarantined' }, start],
    ['quarantined, then paused', job('Paused', 'Paused', tooManyDeletes), quarantined, start],
    ['quarantined, then disabled by Graph', job('Disabled', 'Quarantine', tooManyDeletes), quarantined, start],
  ])('a job that is %s', (_name, read, usually, whereQuarantinedMayStart) => {
    expect(judgeStart(read, false)).toEqual(usually);
    expect(judgeStart(read, true)).toEqual(whereQuarantinedMayStart);
  });

  it('never starts a job without a sign that it is stopped or in quarantine, whatever words Graph uses', () => {
    const word = fc.constantFrom('Active', 'NotRun', 'NotConfigured', 'Running', '', 'active', 'paused');
    fc.assert(
      fc.property(word, word, fc.boolean(), (schedule, code, startQuarantined) => {
        expect(judgeStart(job(schedule, code), startQuarantined)).toEqual(running);
      }),
    );
  });
});
