import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { pausePath } from './interlock.ts';
import { goodJustification } from './policy-file.ts';

/** One request as its caller saw it end. */
export interface Seen {
  /** What the caller named it, as the log holds it. */
  readonly clientRequestId: string;
  /** `performance.now()` when it ended. */
  readonly at: number;
  readonly millis: number;
  /** A whole reply, or the code with which the connection failed. */
  readonly end: { readonly status: number; readonly requestId: string } | { readonly failure: string };
}

const body = JSON.stringify(goodJustification);

/** Callers that each keep one connection and send pauses on it, the next as soon as the last was answered. */
export class KeptAliveCallers {
  readonly seen: Seen[] = [];
  readonly #agent: Agent;
  readonly #token: string;

  constructor(token: string, count: number) {
    this.#token = token;
    this.#agent = new Agent({ keepAlive: true, maxSockets: count });
  }

  /** Sends until `goOn` says no; `beforeNext` holds a caller back between two requests. */
  async run(url: string, goOn: () => boolean, beforeNext?: () => Promise<unknown>): Promise<void> {
    const one = async () => {
      while (goOn()) {
        const seen = await this.#pause(url);
        this.seen.push(seen);
        // Nobody listens any more.
        if ('failure' in seen.end && seen.end.failure === 'ECONNREFUSED') return;
        await beforeNext?.();
      }
    };
    await Promise.all(Array.from({ length: this.#agent.maxSockets }, one));
  }

  close(): void {
    this.#agent.destroy();
  }

  async #pause(url: string): Promise<Seen> {
    const clientRequestId = randomUUID();
    const began = performance.now();
    const end = await this.#answer(url, clientRequestId);
    const at = performance.now();
    return { clientRequestId, at, millis: at - began, end };
  }

  async #answer(url: string, clientRequestId: string): Promise<Seen['end']> {
    const sent = request(url + pausePath, {
      method: 'POST',
      agent: this.#agent,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
        'client-request-id': clientRequestId,
      },
    });
    sent.end(body);
    try {
      const [reply] = (await once(sent, 'response')) as [IncomingMessage];
      reply.resume();
      await once(reply, 'end');
      return { status: reply.statusCode ?? 0, requestId: String(reply.headers['request-id']) };
    } catch (error) {
      return { failure: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' };
    }
  }
}

/** How often each end was seen: statuses and failures. */
export function countEnds(seen: readonly Seen[]): Readonly<Record<string, number>> {
  const names = seen.map(({ end }) => ('status' in end ? String(end.status) : end.failure));
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length]));
}

/** `request-id` of every 204. */
export function acceptedOf(seen: readonly Seen[]): readonly string[] {
  return seen.flatMap(({ end }) => ('status' in end && end.status === 204 ? [end.requestId] : []));
}
