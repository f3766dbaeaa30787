import type { Terminal } from '../terminal.ts';
import { type Item, nameOf, type Operation } from './bulk-reply.ts';

const width = 30;
const underWay: ReadonlySet<string> = new Set(['waiting', 'in_progress']);

/**
 * Shows how far an operation is: a bar that is drawn anew at a terminal of a person, otherwise a line for each job that
 * has come to its end.
 */
export class Progress {
  readonly #terminal: Terminal;
  readonly #told = new Set<number>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show({ items, counts, state }: Operation): void {
    if (this.#terminal.interactive === true) {
      const ended = items.filter((item) => isEnded(item)).length;
      const filled = Math.floor((ended / items.length) * width);
      const bar = '#'.repeat(filled).padEnd(width, '.');
      // Erases the rest of a longer line before it.
      this.#terminal.error(`\r[${bar}] ${ended}/${items.length} ${summaryOf(counts)}\u001b[K`);
      if (state === 'finished') this.#terminal.error('\n');
      return;
    }
    for (const item of items) {
      if (!isEnded(item) || this.#told.has(item.position)) continue;
      this.#told.add(item.position);
      this.#terminal.error(`${lineOf(item)}\n`);
    }
  }
}

/** One job and what it came to. */
export function lineOf(item: Item): string {
  const why = item.problem === undefined ? '' : `: ${item.problem.detail} [${item.problem.code}]`;
  return `${item.state.padEnd(8)}${nameOf(item)}${why}`;
}

/** How many jobs came to what, without those that are none. */
export function summaryOf(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state.replace('_', ' ')}`)
    .join(', ');
}

function isEnded({ state }: Item): boolean {
  return !underWay.has(state);
}
