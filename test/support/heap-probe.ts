import { once } from 'node:events';
import { z } from 'zod';
import type { BrokerProcess } from './broker-process.ts';

const Reply = z.object({ id: z.number(), result: z.unknown() });
const HeapUsage = z.object({ usedSize: z.number(), backingStorageSize: z.number() });

/** Looks into the heap of a broker by Node's inspector, so that nothing of ours is added to what is measured. */
export class HeapProbe {
  /** What a broker must be started with. */
  static readonly environment = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };
  readonly #socket: WebSocket;
  #asked = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Throws when the broker was started without {@link HeapProbe.environment}. */
  static async attach(broker: BrokerProcess): Promise<HeapProbe> {
    const address = /ws:\/\/\S+/.exec(broker.output())?.[0];
    if (address === undefined) throw new Error('The broker has no inspector');
    const socket = new WebSocket(address);
    await once(socket, 'open');
    const probe = new HeapProbe(socket);
    // V8 forgets the compiled form of what was not run lately, which would hide what is leaked meanwhile.
    const keepCode = "process.getBuiltinModule('node:v8').setFlagsFromString('--no-flush-bytecode')";
    await probe.#ask('Runtime.evaluate', { expression: keepCode });
    return probe;
  }

  /** Bytes that are still reachable, on V8's heap and in buffers beside it: what a full collection leaves. */
  async reachable(): Promise<number> {
    // The first runs finalizers, which let go of more.
    await this.#ask('HeapProfiler.collectGarbage');
    await this.#ask('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = HeapUsage.parse(await this.#ask('Runtime.getHeapUsage'));
    return usedSize + backingStorageSize;
  }

  /** Must come before the broker's stop, which would wait for it. */
  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  async #ask(method: string, params: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const id = ++this.#asked;
    this.#socket.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const [message] = (await once(this.#socket, 'message')) as [MessageEvent];
      const reply = Reply.safeParse(JSON.parse(String(message.data)));
      if (reply.success && reply.data.id === id) return reply.data.result;
    }
  }
}
