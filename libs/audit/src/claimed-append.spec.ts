import { type EventId, parseJobRef } from '#kernel';
import { someApplication, someRequest, useMemoryLog } from '#testing';
import type { OperationIntent } from './audit-event.ts';
import type { ClaimHolder } from './claim-store.ts';

const on = useMemoryLog();
const job = parseJobRef('44444444-4444-4444-8444-444444444444', 'job');
const claim = { id: 'claim', token: 'token' };

const intent = (type: OperationIntent['type']): OperationIntent => ({
  type,
  request: someRequest({ claim }),
  caller: someApplication(),
  action: 'pause',
  resource: job,
  decision: { effect: 'allow', rule: 'r', trace: [] },
});

describe('a change under a claim', () => {
  let tied: { readonly claim: ClaimHolder; readonly event: EventId }[];
  beforeEach(() => {
    tied = [];
    on.store.tieClaim = (holder, event) => tied.push({ claim: holder, event }) > 0;
  });

  it('is tied to it by the append of its intent, unlike the reads on its way', async () => {
    const log = await on.open();
    await log.recordIntent(intent('read.intent'));
    expect(tied).toEqual([]);
    const receipts = [
      await log.recordIntent(intent('pause.intent')),
      await log.recordIntentUnlessChanged(intent('start.intent'), job, log.size),
    ];
    expect(tied).toEqual(receipts.map((receipt) => ({ claim, event: receipt?.eventId })));
  });

  it('is not recorded when the claim is another’s by now, and gets no receipt', async () => {
    const log = await on.open();
    on.store.tieClaim = () => false;
    const lost = { code: 'idempotency_in_flight' };
    await expect(log.recordIntent(intent('pause.intent'))).rejects.toMatchObject(lost);
    await expect(log.recordIntentUnlessChanged(intent('start.intent'), job, 1)).rejects.toMatchObject(lost);
    const extended = { ...intent('pause.intent'), type: 'hold.extended', parent: 'hold' as EventId } as const;
    await expect(log.recordUnlessChanged(extended, job, 1)).rejects.toMatchObject(lost);
    expect((await on.headOf()).size).toBe(1);
  });

  it('does not hold up nor end changes without one', async () => {
    const log = await on.open();
    on.store.tieClaim = () => false;
    const free = { ...intent('pause.intent'), request: someRequest() };
    const results = await Promise.allSettled([
      log.recordIntent(free),
      log.recordIntent(intent('pause.intent')),
      log.recordIntent(free),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await on.headOf()).size).toBe(3);
  });
});
