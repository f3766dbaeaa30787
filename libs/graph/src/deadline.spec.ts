import { setImmediate } from 'node:timers/promises';
import type { EpochMillis } from '#kernel';
import { FakeClock } from '#testing';
import { type Deadline, DeadlinePassed, DeadlineWatch } from './deadline.ts';

function setUp() {
  const clock = new FakeClock();
  const watch = new DeadlineWatch(clock);
  const begin = (millis: number) => watch.begin((clock.now() + millis) as EpochMillis);
  const passed = (...deadlines: Deadline[]) => deadlines.map((deadline) => deadline.passed);
  return { clock, watch, begin, passed };
}

describe('DeadlineWatch', () => {
  it('passes each deadline at its own time, in whatever order they began', async () => {
    const { clock, begin, passed } = setUp();
    const all = [begin(300), begin(100), begin(200), begin(100)];
    await clock.advance(99);
    expect(passed(...all)).toEqual([false, false, false, false]);
    await clock.advance(1);
    expect(passed(...all)).toEqual([false, true, false, true]);
    await clock.advance(100);
    expect(passed(...all)).toEqual([false, true, true, true]);
    await clock.advance(100);
    expect(passed(...all)).toEqual([true, true, true, true]);
  });

  it('does not pass the deadline of a call that has ended', async () => {
    const { clock, watch, begin, passed } = setUp();
    const [ended, open] = [begin(100), begin(100)];
    watch.end(ended);
    await clock.advance(100);
    expect(passed(ended, open)).toEqual([false, true]);
  });

  it('needs one timer for many calls, and works on after an idle time', async () => {
    const { clock, watch, begin, passed } = setUp();
    const many = Array.from({ length: 500 }, () => begin(100));
    expect(clock.waiting).toBe(1);
    many.forEach((deadline) => {
      watch.end(deadline);
    });
    await clock.advance(100);
    expect(clock.waiting).toBe(0);
    const later = begin(100);
    await clock.advance(100);
    expect(passed(later)).toEqual([true]);
  });

  it('passes at once a deadline that lies behind', () => {
    const { clock, begin, passed } = setUp();
    expect(passed(begin(0), begin(-1))).toEqual([true, true]);
    expect(clock.waiting).toBe(0);
  });

  it('leaves no timer when closed', async () => {
    const { clock, watch, begin } = setUp();
    begin(100);
    watch.close();
    await setImmediate();
    expect(clock.waiting).toBe(0);
  });
});

describe('Deadline', () => {
  it('gives the result of work that is done in time', async () => {
    await expect(setUp().begin(100).within(Promise.resolve('done'))).resolves.toBe('done');
    await expect(
      setUp()
        .begin(100)
        .within(Promise.reject(new RangeError('failed'))),
    ).rejects.toThrow(RangeError);
  });

  it('does not wait for work longer than its time', async () => {
    const { clock, begin } = setUp();
    const waiting = expect(begin(100).within(new Promise(() => undefined))).rejects.toThrow(DeadlinePassed);
    await clock.advance(100);
    await waiting;
  });

  it('gives up what the call waits for, once, and nothing that was let go', () => {
    const deadline = setUp().begin(100);
    const gaveUp: string[] = [];
    const awaited = (name: string) => ({ giveUp: () => void gaveUp.push(name) });
    deadline.hold(awaited('done in time'));
    deadline.letGo();
    deadline.hold(awaited('under way'));
    deadline.pass();
    deadline.pass();
    deadline.hold(awaited('too late'));
    expect(gaveUp).toEqual(['under way', 'too late']);
  });

  it('cannot stand for two things that are waited for at a time', () => {
    const deadline = setUp().begin(100);
    deadline.hold({ giveUp: () => undefined });
    expect(() => {
      deadline.hold({ giveUp: () => undefined });
    }).toThrow(TypeError);
  });

  it('has no time left once it has passed', async () => {
    const { clock, begin } = setUp();
    const deadline = begin(100);
    await clock.advance(60);
    expect(deadline.remaining).toBe(40);
    await clock.advance(60);
    expect(deadline.remaining).toBe(-20);
    await expect(deadline.within(Promise.resolve('late'))).rejects.toThrow(DeadlinePassed);
  });
});
