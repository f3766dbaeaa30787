import type { OperationOutcome } from '#audit';
import type { EventId } from '#kernel';
import { FakeClock, MemoryRecorder, someApplication } from '#testing';
import { ServicePrincipalId } from '#kernel';
import { v7 } from 'uuid';
import { OutcomeRecorder } from './outcome-recorder.ts';

const servicePrincipalId = ServicePrincipalId.parse(someApplication().objectId, 'id');

function setUp(age = 0) {
  const clock = new FakeClock();
  const audit = new MemoryRecorder();
  const parent = v7({ msecs: clock.now() - age }) as EventId;
  const outcome: OperationOutcome = {
    type: 'pause.outcome',
    parent,
    resource: { servicePrincipalId },
    outcome: 'success',
  };
  const reconciled = {
    type: 'pause.reconciled',
    parent,
    resource: { servicePrincipalId },
    verdict: 'applied',
    reason: 'state_changed',
    reads: [],
  } as const;
  return { clock, audit, outcome, reconciled, recorder: new OutcomeRecorder(audit, clock) };
}

describe('an outcome that cannot be recorded', () => {
  it('is not recorded any more after half a minute: the intent is the reconciler’s then', async () => {
    const { clock, audit, outcome, recorder } = setUp();
    audit.away = () => true;
    await expect(recorder.record(outcome)).rejects.toMatchObject({ code: 'outcome_unrecorded' });
    await clock.advance(50_000);

    expect(recorder.unrecorded).toBe(0);
    audit.away = () => false;
    await clock.advance(600_000);
    expect(audit.types).toEqual([]);
  });

  it('is not recorded twice when the attempt that failed had been committed after all', async () => {
    const { clock, audit, outcome, recorder } = setUp();
    audit.away = (event) => audit.events.push(event) > 0;
    await expect(recorder.record(outcome)).rejects.toMatchObject({ code: 'outcome_unrecorded' });
    audit.away = () => false;
    await clock.advance(1_000);

    expect(recorder.unrecorded).toBe(0);
    expect(audit.types).toEqual(['pause.outcome']);
  });
});

describe('an outcome of a process that was held up', () => {
  it.each([
    [59_000, ['pause.reconciled', 'pause.outcome']],
    [61_000, ['pause.reconciled']],
  ])(
    'is recorded without a question for intents of %i ms, and then only if it is the first end',
    async (age, types) => {
      const { audit, outcome, reconciled, recorder } = setUp(age);
      await audit.settle(reconciled);
      await recorder.record(outcome);

      expect(audit.types).toEqual(types);
    },
  );
});
