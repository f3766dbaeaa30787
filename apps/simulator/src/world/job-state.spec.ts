import fc from 'fast-check';
import { JobState, paused, started, wireStateOf } from './job-state.ts';

const states = fc
  .constantFrom('created', 'scheduled', 'active', 'paused', 'disabled', 'quarantined')
  .map((kind) => JobState.parse({ kind }));

describe('the state of a job', () => {
  it('shows Paused in both fields after a pause, whatever it was', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(wireStateOf(paused(state))).toEqual({ schedule: 'Paused', status: 'Paused' });
      }),
    );
  });

  it('is scheduled and not in quarantine after a start, whatever it was', () => {
    fc.assert(
      fc.property(states, (state) => {
        const after = wireStateOf(started(state));
        expect(after.schedule).toBe('Active');
        expect(['Active', 'NotRun']).toContain(after.status);
      }),
    );
  });

  it('does not change by a second pause or a second start', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(paused(paused(state))).toEqual(paused(state));
        expect(started(started(state))).toEqual(started(state));
      }),
    );
  });

  it('remembers through a pause whether it ever ran', () => {
    expect(started(paused({ kind: 'created' }))).toEqual({ kind: 'scheduled' });
    expect(started(paused({ kind: 'active' }))).toEqual({ kind: 'active' });
  });
});
