import { type ClaimedTimer, HoldTimers } from '#holds';
import type { EpochMillis, EventId } from '#kernel';
import { FakeClock, MemoryHolds, MemoryRecorder, ScriptedGraph, someOwners } from '#testing';
import { OutcomeRecorder } from '../outcome-recorder.ts';
import { HoldKeeper } from './hold-keeper.ts';
import { usualHoldPace } from './hold-pace.ts';

/** Timers that a test hands out, and what becomes of them. */
class ScriptedTimers extends HoldTimers {
  readonly batches: ClaimedTimer[][] = [];
  readonly putOffs: [attempts: number, millis: number, reason: string][] = [];
  claims = 0;

  override claim(): Promise<readonly ClaimedTimer[]> {
    this.claims += 1;
    return Promise.resolve(this.batches.shift() ?? []);
  }

  override putOff({ attempts }: ClaimedTimer, millis: number, reason: string): Promise<void> {
    this.putOffs.push([attempts, millis, reason]);
    return Promise.resolve();
  }
}

const timer = (attempts = 0): ClaimedTimer => ({
  hold: 'hold' as EventId,
  kind: 'end',
  due: 0 as EpochMillis,
  fence: 1,
  attempts,
  lateMillis: 1_500,
});

function setUp(holds = new MemoryHolds()) {
  const clock = new FakeClock();
  const audit = new MemoryRecorder();
  const timers = new ScriptedTimers();
  const told: unknown[] = [];
  const keeper = new HoldKeeper({
    audit,
    outcomes: new OutcomeRecorder(audit, clock),
    graph: new ScriptedGraph(),
    clock,
    holds,
    owners: someOwners(),
    policy: () => {
      throw new Error('nobody asks the policy');
    },
    timers,
    replica: 'one',
    pace: usualHoldPace,
    onEnd: (...heard) => told.push(heard),
  });
  return { clock, timers, keeper, told };
}

describe('a keeper of holds', () => {
  it('tells what became of a timer and how late it came to it', async () => {
    const { keeper, timers, told } = setUp();
    timers.batches.push([timer()]);
    await keeper.round();
    expect(told).toEqual([['hold', { kind: 'not_due' }, 1_500]]);
    expect(timers.putOffs).toEqual([]);
  });

  it('takes a rest after a full batch and comes back for more, so that a backlog is worked off at a bounded rate', async () => {
    const { keeper, timers, clock } = setUp();
    const full = () => Array.from({ length: usualHoldPace.abreast }, () => timer());
    timers.batches.push(full(), full(), [timer()]);
    const round = keeper.round();
    await clock.advance(0);
    while (clock.waiting === 0) await clock.advance(0);
    expect(timers.claims).toBe(1);
    while (timers.claims < 3) await clock.advance(usualHoldPace.betweenMillis);
    await round;
    expect(timers.claims).toBe(3);
  });

  it('puts a timer off that it cannot work on now, longer each time and with a limit', async () => {
    const holds = new MemoryHolds();
    holds.find = () => Promise.reject(new Error('the store is away'));
    const { keeper, timers } = setUp(holds);
    for (const attempts of [0, 1, 2, 50]) timers.batches.push([timer(attempts)]);
    for (let round = 0; round < 4; round++) await keeper.round();
    expect(timers.putOffs).toEqual([
      [0, 2_000, 'Error'],
      [1, 4_000, 'Error'],
      [2, 8_000, 'Error'],
      [50, 300_000, 'Error'],
    ]);
  });

  it('begins nothing new once it is to stop', async () => {
    const { keeper, timers } = setUp();
    await keeper.round(AbortSignal.abort());
    expect(timers.claims).toBe(0);
  });
});
