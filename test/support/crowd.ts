import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a crowd is told. */
export interface CrowdOptions {
  readonly url: string;
  /** Connections that stay open and silent. */
  readonly idle: number;
  /** Clients that send a byte of a header per second. */
  readonly slow: number;
}

/** How large a crowd is. */
export interface CrowdSize {
  /** Idle connections that could be opened. */
  readonly opened: number;
  /** Connections that are open, those of slow clients included. */
  readonly open: number;
  /** How many slow clients have been cut. */
  readonly cuts: number;
}

const main = fileURLToPath(new URL('idle-crowd-process.ts', import.meta.url));

/** Idle and slow clients in a process of their own: see idle-crowd-process.ts. */
export class Crowd {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    // Not `close`, which never comes to whoever disconnects.
    this.#ended = once(child, 'exit');
  }

  /** Gathers them; resolves when all are there and each slow client has been cut once. */
  static async gather(options: CrowdOptions): Promise<Crowd> {
    const crowd = new Crowd(fork(main, { execArgv: [] }));
    crowd.#child.send(options);
    await crowd.#told();
    return crowd;
  }

  async size(): Promise<CrowdSize> {
    const told = this.#told();
    this.#child.send('size');
    return told;
  }

  /** Ends the process, and with it all of its connections. */
  async disperse(): Promise<void> {
    this.#child.disconnect();
    await this.#ended;
  }

  async #told(): Promise<CrowdSize> {
    const ended = this.#ended.then((): never => {
      throw new Error('The crowd has ended');
    });
    const [size] = (await Promise.race([once(this.#child, 'message'), ended])) as [CrowdSize];
    return size;
  }
}
