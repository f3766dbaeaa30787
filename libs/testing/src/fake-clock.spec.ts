import { FakeClock } from './fake-clock.ts';

describe('FakeClock', () => {
  it('stands still until it is moved', async () => {
    const clock = new FakeClock('2026-03-01T00:00:00Z');
    expect(clock.now()).toBe(Date.UTC(2026, 2, 1));
    await clock.advance(1500);
    expect(clock.now()).toBe(Date.UTC(2026, 2, 1) + 1500);
  });

  it('wakes waits in the order of their due times, each at its own time', async () => {
    const clock = new FakeClock();
    const start = clock.now();
    const woken: [string, number][] = [];
    const note = (name: string) => () => woken.push([name, clock.now() - start]);
    void clock.wait(30).then(note('late'));
    void clock.wait(10).then(note('early'));
    void clock.wait(40).then(note('later still'));
    expect(clock.waiting).toBe(3);
    await clock.advance(35);
    expect(woken).toEqual([
      ['early', 10],
      ['late', 30],
    ]);
    expect(clock.waiting).toBe(1);
  });

  it('lets a loop that waits again run as often as the time allows', async () => {
    const clock = new FakeClock();
    let rounds = 0;
    const loop = async () => {
      for (;;) {
        await clock.wait(100);
        rounds += 1;
      }
    };
    void loop();
    await clock.advance(350);
    expect(rounds).toBe(3);
  });

  it("rejects a wait with its signal's reason, before or while waiting, and forgets it", async () => {
    const clock = new FakeClock();
    const reason = new Error('stop');
    const controller = new AbortController();
    const waiting = expect(clock.wait(10, controller.signal)).rejects.toBe(reason);
    controller.abort(reason);
    await waiting;
    await expect(clock.wait(10, controller.signal)).rejects.toBe(reason);
    expect(clock.waiting).toBe(0);
  });

  it('refuses a start that is not a time', () => {
    expect(() => new FakeClock('yesterday')).toThrow(TypeError);
  });
});
