import { stateWords } from './job-state.ts';

const job = (stopped: boolean, scheduleState: string, statusCode: string) => ({
  state: { stopped, scheduleState, statusCode },
});

describe('the state of a job in words', () => {
  it.each([
    [job(false, 'Active', 'Active'), 'active'],
    [job(true, 'Paused', 'Paused'), 'paused'],
    [job(true, 'Paused', 'InProgress'), 'draining'],
    [job(false, 'Active', 'Quarantine'), 'quarantine'],
    [{ ...job(true, 'Paused', 'Paused'), quarantine: { reason: 'TooManyDeletes' } }, 'quarantine'],
  ])('of %j is %s', (seen, kind) => {
    expect(stateWords(seen).kind).toBe(kind);
  });

  it('names the reason of a quarantine and warns of a start', () => {
    expect(
      stateWords({ ...job(false, 'Active', 'Quarantine'), quarantine: { reason: 'TooManyDeletes' } }).meaning,
    ).toBe('Graph holds it back (TooManyDeletes). A start would clear that.');
  });
});
