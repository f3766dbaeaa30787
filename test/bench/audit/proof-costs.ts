import type { AuditLog, LogStore } from '#audit';
import { SeededRandom } from '../../support/seeded-random.ts';
import { millis, percentile, whole } from '../figures.ts';
import { table } from '../markdown.ts';
import { circumstances } from '../scenario.ts';
import type { NamedLog } from './bench-log.ts';

const proofs = 500;

type Prove = (log: AuditLog, random: SeededRandom) => Promise<string>;

/** What is proved of a log of its whole size. */
const claims: readonly (readonly [name: string, prove: Prove])[] = [
  ['inclusion of an entry', (log, random) => log.prove(random.next(log.size))],
  ['growth from a size', (log, random) => log.proveGrowth(1 + random.next(log.size - 1))],
];

/** Time of proofs about any entry or size, each verified before it is handed out, and how many tiles it reads. */
export async function proofCosts(logs: readonly NamedLog[]): Promise<string> {
  const rows: string[][] = [];
  for (const log of logs) rows.push(...(await costsOf(log)));
  return [
    `${proofs} proofs of each kind about entries and sizes drawn at random, each verified before it is handed out. ${circumstances()}.`,
    table(['store', 'entries', 'proof of', 'p50 ms', 'p99 ms', 'most tiles read for one'], rows),
  ].join('\n\n');
}

function costsOf({ name, log }: NamedLog): Promise<string[][]> {
  return log.use(async (store) => {
    const reads = { count: 0 };
    const opened = await log.open(countingTiles(store.log(log.origin), reads));
    const random = new SeededRandom(1);
    const rows: string[][] = [];
    for (const [claim, prove] of claims) {
      const times: number[] = [];
      let most = 0;
      for (let proof = 0; proof < proofs; proof++) {
        reads.count = 0;
        const began = performance.now();
        await prove(opened, random);
        times.push(performance.now() - began);
        most = Math.max(most, reads.count);
      }
      const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
      rows.push([name, whole(opened.size), claim, millis(p50), millis(p99), String(most)]);
    }
    return rows;
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
