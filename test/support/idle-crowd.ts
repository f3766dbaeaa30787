import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** At the same time: more would overflow the listener's queue. */
const abreast = 100;

/** Clients that cost connections and bring nothing: kept-alive ones that stay silent, and slow ones that never come to the end. */
export class IdleCrowd {
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #loris: NodeJS.Timeout | undefined;
  #cuts = 0;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  /** How many of its connections are open. */
  get open(): number {
    return this.#sockets.size;
  }

  /** How many slow clients have been cut. */
  get cuts(): number {
    return this.#cuts;
  }

  /** Opens connections, asks one thing on each and then says nothing more. Gives how many could be opened. */
  async stayIdle(count: number): Promise<number> {
    let left = count;
    const one = async () => {
      while (left-- > 0) {
        const socket = await this.#connected();
        if (socket === undefined) continue;
        socket.write('GET /health/live HTTP/1.1\r\nhost: idle\r\n\r\n');
        await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      }
    };
    await Promise.all(Array.from({ length: abreast }, one));
    return this.open;
  }

  /** So many clients send a byte of a header every second, and begin anew when they are cut. */
  beSlow(count: number): void {
    const slow = new Set<Socket>();
    const begin = async () => {
      const socket = await this.#connected();
      if (socket === undefined) return;
      slow.add(socket);
      socket.on('close', () => {
        slow.delete(socket);
        this.#cuts += 1;
      });
      socket.write('POST / HTTP/1.1\r\nx-slow: ');
    };
    this.#loris = setInterval(() => {
      for (const socket of slow) socket.write('a');
      for (let missing = count - slow.size; missing > 0; missing--) void begin();
    }, 1_000);
  }

  close(): void {
    clearInterval(this.#loris);
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Undefined when it could not connect: no more files or ports, or turned away. */
  async #connected(): Promise<Socket | undefined> {
    const socket = connect(this.#port, '127.0.0.1');
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    await Promise.race([once(socket, 'connect').catch(() => undefined), once(socket, 'close')]);
    if (socket.destroyed) return undefined;
    this.#sockets.add(socket);
    return socket;
  }
}
