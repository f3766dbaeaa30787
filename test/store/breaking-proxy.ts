import { connect, createServer, type Server, type Socket } from 'node:net';

/** What becomes of a statement: it never arrives, or it arrives and its answer is lost. */
export type Fate = 'lost' | 'kept';

interface Break {
  readonly statement: string;
  readonly fate: Fate;
}

/** Stands between the store and PostgreSQL and breaks the connection at a chosen statement. */
export class BreakingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #breaks: Break[] = [];
  #isDown = false;

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#server = createServer((client) => {
      if (this.#isDown) client.destroy();
      else this.#join(client, connect(target));
    });
  }

  /** Starts a proxy; `url` is that of the database, but through it. */
  static async start(databaseUrl: string): Promise<{ proxy: BreakingProxy; url: string }> {
    const url = new URL(databaseUrl);
    const proxy = new BreakingProxy({ host: url.hostname, port: Number(url.port) });
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    const address = proxy.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
    url.host = `127.0.0.1:${address.port}`;
    return { proxy, url: url.href };
  }

  /** The connection breaks at the next message that ends a statement with this text. */
  breakAt(statement: string, fate: Fate): void {
    this.#breaks.push({ statement, fate });
  }

  /** How many breaks are still to come: 0 shows that a test met them all. */
  get pending(): number {
    return this.#breaks.length;
  }

  /** As if the server had been stopped: every connection ends, and no new one begins. */
  goDown(): void {
    this.#isDown = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** The server is back. */
  comeBack(): void {
    this.#isDown = false;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(client: Socket, server: Socket): void {
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', end).on('close', () => {
        this.#sockets.delete(socket);
        end();
      });
    }
    let swallow = false;
    client.on('data', (chunk) => {
      const fate = this.#fateOf(chunk);
      if (fate === 'lost') {
        end();
        return;
      }
      swallow ||= fate === 'kept';
      server.write(chunk);
    });
    server.on('data', (chunk) => {
      if (swallow) end();
      else client.write(chunk);
    });
  }

  /** Statements travel as text that ends with a zero byte. */
  #fateOf(chunk: Buffer): Fate | undefined {
    const met = this.#breaks.find(({ statement }) => chunk.includes(`${statement}\0`));
    this.#breaks = this.#breaks.filter((one) => one !== met);
    return met?.fate;
  }
}
