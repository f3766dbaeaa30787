import { type Sweepable, sweep } from './sweep.ts';

/** So many rows whose time is over. */
class Rows implements Sweepable {
  readonly asked: number[] = [];
  onAsked: () => void = () => undefined;

  constructor(public left: number) {}

  removeEnded(limit: number): Promise<number> {
    this.asked.push(limit);
    this.onAsked();
    const removed = Math.min(limit, this.left);
    this.left -= removed;
    return Promise.resolve(removed);
  }
}

describe('a sweep', () => {
  it('removes everything whose time is over, in small batches', async () => {
    const kept = [new Rows(1_203), new Rows(0), new Rows(500)];
    await sweep(kept, new AbortController().signal);
    expect(kept.map(({ left }) => left)).toEqual([0, 0, 0]);
    expect(kept.map(({ asked }) => asked)).toEqual([[500, 500, 500], [500], [500, 500]]);
  });

  it('ends after the batch under way when it is told to stop', async () => {
    const stopping = new AbortController();
    const kept = [new Rows(1_203), new Rows(1)] as const;
    kept[0].onAsked = () => {
      stopping.abort();
    };
    await sweep(kept, stopping.signal);
    expect(kept.map(({ left }) => left)).toEqual([703, 1]);
  });
});
