import type { WriteStream } from 'node:tty';

const barWidth = 30;

/** A bar on the terminal for long work; silent where there is no terminal. */
export class Progress {
  readonly #out: Pick<WriteStream, 'isTTY' | 'write'>;
  readonly #total: number;
  #done = 0;
  #shown = -1;

  /** `total` is in entries. */
  constructor(total: number, out: Pick<WriteStream, 'isTTY' | 'write'> = process.stderr) {
    this.#total = total;
    this.#out = out;
  }

  advance(entries: number): void {
    this.#done += entries;
    const percent = Math.floor((100 * this.#done) / Math.max(1, this.#total));
    if (!this.#out.isTTY || percent === this.#shown) return;
    this.#shown = percent;
    const full = Math.floor((barWidth * percent) / 100);
    const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
    this.#out.write(`\r${bar} ${percent} % of ${this.#total} entries`);
  }

  end(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001b[K');
  }
}
