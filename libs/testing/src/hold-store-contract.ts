import fc from 'fast-check';
import type { AuditLog, LogStore } from '#audit';
import { foldHolds, type Hold, type HoldBook, type HoldTimers, isOpen } from '#holds';
import type { EventId, JobRef } from '#kernel';
import { HoldStory } from './hold-story.ts';
import { recordedHoldEvent } from './recorded-hold-event.ts';
import { someApplication } from './some-request.ts';

const second = 1_000;

/** The stores of one log that are to be tested together, because the log's appends write the holds. */
export interface HoldStoreUnderTest {
  readonly audit: AuditLog;
  readonly log: LogStore;
  readonly holds: HoldBook;
  /** Of two replicas. */
  readonly timers: readonly [HoldTimers, HoldTimers];
  /** Of the store, in epoch milliseconds. */
  now(): Promise<number>;
  /** Lets so much time pass for timers and their leases. */
  pass(millis: number): Promise<unknown>;
}

/** Registers the tests that every pair of {@link HoldBook} and {@link HoldTimers} must pass. */
export function holdStoreContract(store: string, open: () => Promise<HoldStoreUnderTest>): void {
  describe(`${store} as a store of holds`, () => {
    let tested: HoldStoreUnderTest;
    beforeEach(async () => {
      tested = await open();
    });

    keeping(() => tested);
    timing(() => tested);
  });
}

function keeping(tested: () => HoldStoreUnderTest): void {
  it('has the hold of a pause from its intent on, with what the intent says', async () => {
    const story = new HoldStory(tested());
    const id = await story.pause({ until: 90_000 });
    const owner = await tested().audit.pseudonym(someApplication());
    const { holds, asOf } = await tested().holds.ofJob(story.job);

    expect(holds).toEqual([
      {
        id,
        index: asOf - 1,
        job: story.job,
        owner,
        since: 1_000,
        until: 90_000,
        ticket: 'CHG1',
        origin: 'running',
        contested: false,
        state: 'pausing',
        generation: asOf - 1,
      },
    ]);
    expect(await tested().holds.find(id)).toEqual(holds[0]);
    expect(await tested().holds.find('none' as EventId)).toBeUndefined();
  });

  it('refuses a change that was judged by holds that have changed since, and takes one of another job', async () => {
    const { audit, holds } = tested();
    const story = new HoldStory(tested());
    const first = await story.held();
    const { asOf } = await holds.ofJob(story.job);
    const end = { type: 'hold.ended', parent: first, resource: story.job, ending: { kind: 'superseded' } } as const;
    await new HoldStory(tested()).held();
    await story.pause({ by: 2 });

    expect(await audit.recordUnlessChanged(end, story.job, asOf)).toBeUndefined();
    expect(await holds.find(first)).toMatchObject({ state: 'held' });
    const { asOf: later } = await holds.ofJob(story.job);
    await new HoldStory(tested()).held();
    expect(await audit.recordUnlessChanged(end, story.job, later)).toBeDefined();
    expect(await holds.find(first)).toMatchObject({ state: 'superseded' });
  });

  it('pages from the newest on, by job, owner and openness', async () => {
    const { holds, audit } = tested();
    const story = new HoldStory(tested());
    const ids: EventId[] = [];
    for (const by of [7, 8, 7]) ids.push(await story.held({ by }));
    const [first, second, third] = ids;
    const idsOf = (page: readonly Hold[]) => page.map(({ id }) => id);
    const owner = await audit.pseudonym(someApplication(8));

    const page = await holds.page({ job: story.job }, 2);
    expect(idsOf(page)).toEqual([third, second]);
    expect(idsOf(await holds.page({ job: story.job }, 2, page[1]?.index))).toEqual([first]);
    expect(idsOf(await holds.page({ job: story.job, open: true }, 5))).toEqual([third, second]);
    expect(idsOf(await holds.page({ job: story.job, owner }, 5))).toEqual([second]);
    expect(first && (await holds.find(first))).toMatchObject({ state: 'replaced', by: third });
  });

  it('holds what the fold of the log says, whatever happens in whatever order', async () => {
    const step = fc.record({
      kind: fc.constantFrom('pause', 'outcome', 'start', 'end', 'reconcile', 'confirm'),
      job: fc.nat(1),
      which: fc.nat(5),
      by: fc.integer({ min: 1, max: 3 }),
      outcome: fc.constantFrom('success', 'failure', 'unknown'),
      verdict: fc.constantFrom('applied', 'not_applied', 'inconclusive'),
      operation: fc.constantFrom('pause', 'start'),
    } as const);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const stories = [new HoldStory(tested()), new HoldStory(tested())] as const;
        await Promise.all(
          stories.map(async (story, at) => {
            for (const { kind, job, which, by, outcome, verdict, operation } of steps) {
              if (job !== at) continue;
              const hold = story.holds[which % Math.max(1, story.holds.length)];
              const intent = operation === 'pause' ? hold : story.starts[which % Math.max(1, story.starts.length)];
              if (kind === 'pause') await story.pause({ by, ...(which > 2 && { until: which * second }) });
              if (kind === 'outcome' && intent) await story.outcome(operation, intent, outcome);
              if (kind === 'reconcile' && intent) await story.reconcile(operation, intent, verdict);
              if (kind === 'start') await story.start(...(hold ? [hold] : []));
              if (kind === 'end' && hold) await story.end(hold);
              if (kind === 'confirm' && hold) await story.confirm(hold);
            }
          }),
        );
        for (const { job, holds } of stories) {
          const kept = await Promise.all(holds.map((id) => tested().holds.find(id)));
          expect(kept).toEqual(await foldOf(tested().log, job));
        }
      }),
      { numRuns: 30 },
    );
  });
}

/** Every hold of the job, derived anew from the log's bytes. */
async function foldOf(log: LogStore, job: JobRef): Promise<readonly Hold[]> {
  const holds = new Map<EventId, Hold>();
  const { size = 0 } = (await log.head()) ?? {};
  for (const entry of await log.entries(0, size)) {
    const event = recordedHoldEvent(entry);
    if (event?.job.jobId !== job.jobId) continue;
    for (const hold of foldHolds([...holds.values()].filter(isOpen), event)) holds.set(hold.id, hold);
  }
  return [...holds.values()];
}

function timing(tested: () => HoldStoreUnderTest): void {
  const claim = (limit = 100) => tested().timers[0].claim('one', 60 * second, limit);

  it('gives the timers of holds in force once they are due, oldest first, each to one replica', async () => {
    const now = await tested().now();
    const { timers } = tested();
    const late = await new HoldStory(tested()).held({ until: now - 5 * second });
    const later = await new HoldStory(tested()).held({ until: now - 2 * second });
    await new HoldStory(tested()).held({ until: now + 600 * second });
    await new HoldStory(tested()).held();
    await new HoldStory(tested()).pause({ until: now - 5 * second });
    const claims = (await Promise.all(timers.map((store, at) => store.claim(`${at}`, 60 * second, 1)))).flat();

    expect(claims.map(({ hold, kind }) => [hold, kind])).toEqual(
      expect.arrayContaining([
        [late, 'end'],
        [later, 'end'],
      ]),
    );
    expect(claims.every(({ lateMillis }) => lateMillis >= 2 * second)).toBe(true);
    expect(await claim()).toEqual([]);
  });

  it('gives a timer again when its lease has ended, and then whoever had it cannot put it off', async () => {
    const { timers } = tested();
    const hold = await new HoldStory(tested()).held({ until: (await tested().now()) - second });
    const first = only(await claim());
    await tested().pass(61 * second);
    const again = only(await timers[1].claim('two', 60 * second, 100));
    expect([first.hold, again.hold]).toEqual([hold, hold]);
    expect(again.fence).toBeGreaterThan(first.fence);

    await timers[0].putOff(first, 0, 'late');
    expect(await claim()).toEqual([]);
    await timers[1].putOff(again, 5 * second, 'graph');
    expect(await claim()).toEqual([]);
    await tested().pass(6 * second);
    expect(await claim()).toMatchObject([{ hold, attempts: 1 }]);
  });

  it('has no timer for a hold that has ended', async () => {
    const story = new HoldStory(tested());
    const hold = await story.held({ until: (await tested().now()) - second });
    await story.end(hold);
    expect(await claim()).toEqual([]);
  });

  it('has a timer to look again at a hold that was made while a start was under way, until it is confirmed', async () => {
    const story = new HoldStory(tested());
    const start = await story.start();
    const hold = await story.held();
    expect(await claim()).toEqual([]);
    await story.outcome('start', start, 'success');
    expect(await claim()).toMatchObject([{ hold, kind: 'confirm' }]);
    await story.confirm(hold);
    await tested().pass(61 * second);
    expect(await claim()).toEqual([]);
  });
}

function only<Item>([first, ...rest]: readonly Item[]): Item {
  if (first === undefined || rest.length > 0) throw new Error('There is not exactly one');
  return first;
}
