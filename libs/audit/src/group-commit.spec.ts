import { setImmediate } from 'node:timers/promises';
import { GroupCommit } from './group-commit.ts';

/** What was committed, batch by batch. */
function recorder(): { readonly commits: GroupCommit<number>; readonly batches: (readonly number[])[] } {
  const batches: (readonly number[])[] = [];
  const commits = new GroupCommit<number>((batch) => {
    batches.push(batch);
    return Promise.resolve();
  });
  return { commits, batches };
}

/** Resolves in the next turn before the commits look at what that turn brought, as an item from a socket would come. */
async function pushWithinTurn(commits: GroupCommit<number>, item: number): Promise<void> {
  const turn = setImmediate();
  commits.push(item);
  await turn;
}

describe('a group commit', () => {
  it('takes what follows in the next turns of the event loop into the same batch, in order', async () => {
    const { commits, batches } = recorder();
    for (const item of [1, 2, 3]) await pushWithinTurn(commits, item);
    await commits.idle();
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('lets a lone item wait for one turn', async () => {
    const { commits, batches } = recorder();
    commits.push(1);
    await setImmediate();
    await Promise.resolve();
    expect(batches).toEqual([[1]]);
  });

  it('does not wait for as long as more keeps coming', async () => {
    const { commits, batches } = recorder();
    for (let item = 1; item <= 20; item += 1) await pushWithinTurn(commits, item);
    await commits.idle();
    expect(batches.flat()).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThan(10);
  });

  it('commits no more than 256 items at once', async () => {
    const { commits, batches } = recorder();
    for (let item = 0; item < 600; item += 1) commits.push(item);
    await commits.idle();
    expect(batches.map(({ length }) => length)).toEqual([256, 256, 88]);
  });
});
