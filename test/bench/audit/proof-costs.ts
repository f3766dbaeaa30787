import type { LogStore } from '#audit';
import { SeededRandom } from '../../support/seeded-random.ts';
import { millis, percentile, whole } from '../figures.ts';
import { table } from '../markdown.ts';
import { circumstances } from '../scenario.ts';
import type { NamedLog } from './bench-log.ts';

const proofs = 500;

/** Time of an inclusion proof of any entry, verified before it is handed out, and how many tiles it reads. */
export async function proofCosts(logs: readonly NamedLog[]): Promise<string> {
  const rows: string[][] = [];
  for (const log of logs) rows.push(await costOf(log));
  return [
    `${proofs} inclusion proofs of entries drawn at random, each verified before it is handed out. ${circumstances()}.`,
    table(['store', 'entries', 'p50 ms', 'p99 ms', 'most tiles read for one'], rows),
  ].join('\n\n');
}

function costOf({ name, log }: NamedLog): Promise<string[]> {
  return log.use(async (store) => {
    const reads = { count: 0 };
    const opened = await log.open(countingTiles(store.log(log.origin), reads));
    const random = new SeededRandom(1);
    const times: number[] = [];
    let most = 0;
    for (let proof = 0; proof < proofs; proof++) {
      reads.count = 0;
      const began = performance.now();
      await opened.prove(random.next(opened.size), opened.size);
      times.push(performance.now() - began);
      most = Math.max(most, reads.count);
    }
    return [name, whole(opened.size), millis(percentile(times, 50)), millis(percentile(times, 99)), String(most)];
  });
}

/** The store, which counts the tiles that are read from it. */
function countingTiles(store: LogStore, reads: { count: number }): LogStore {
  const tile: LogStore['tile'] = (level, index) => {
    reads.count += 1;
    return store.tile(level, index);
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === 'tile') return tile;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
