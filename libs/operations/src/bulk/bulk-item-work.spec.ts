import type { EventId } from '#kernel';
import { endOnRecord } from './bulk-item-work.ts';

const event = 'event' as EventId;

describe('an item that is found on record', () => {
  it.each([
    ['success', 'done'],
    ['applied', 'done'],
    ['failure', 'failed'],
    ['not_applied', 'failed'],
    ['unknown', 'unknown'],
    ['inconclusive', 'unknown'],
    [undefined, 'unknown'],
  ] as const)('with the outcome %s is %s', (outcome, state) => {
    const record = { event, decision: 'allow', ...(outcome !== undefined && { outcome }) } as const;
    expect(endOnRecord(record)).toMatchObject({ state, event });
  });

  it('as a denial is denied, for the reason on record', () => {
    expect(endOnRecord({ event, decision: 'deny', code: 'held_by_others' })).toEqual({
      state: 'denied',
      code: 'held_by_others',
      event,
    });
  });
});
