import { setImmediate } from 'node:timers/promises';
import type { Interlock } from './interlock.ts';
import { acceptedOf, countEnds, KeptAliveCallers, type Seen } from './kept-alive-callers.ts';
import { type Recorded, unpaired, verifiedEvents } from './recorded-events.ts';

/** What brokers that were stopped under load left behind. The lists should be empty. */
export interface DrainReport {
  /** How requests ended, by status or failure of the connection. */
  readonly ends: Readonly<Record<string, number>>;
  readonly longestStopMillis: number;
  /** Exit codes other than 0. */
  readonly badExits: readonly (number | null)[];
  /** Replies other than 204. */
  readonly refused: readonly string[];
  /** Requests that got no reply although the broker had read them: the log knows them. */
  readonly lost: readonly string[];
  /** 204 without one intent and its one successful outcome. */
  readonly unpaired: readonly string[];
  /** Intents of requests without a terminal record. */
  readonly notEnded: readonly string[];
}

/** Brokers on one log, one after the other, each stopped with SIGTERM while callers send as fast as they can. */
export class DrainChain {
  readonly #interlock: Interlock;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #seen: Seen[] = [];
  readonly #exits: (number | null)[] = [];
  #longestStopMillis = 0;

  constructor(interlock: Interlock, environment: Readonly<Record<string, string>>) {
    this.#interlock = interlock;
    this.#environment = environment;
  }

  /** Starts one broker and stops it once it has answered so many requests. */
  async stopAfter(replies: number, count: number): Promise<void> {
    const broker = await this.#interlock.broker(this.#environment);
    const callers = new KeptAliveCallers(await this.#interlock.hrPortal(), count);
    const calling = callers.run(broker.url, () => !broker.hasEnded());
    while (callers.seen.length < replies) await setImmediate();
    const began = performance.now();
    this.#exits.push(await broker.stop());
    this.#longestStopMillis = Math.max(this.#longestStopMillis, Math.round(performance.now() - began));
    await calling;
    callers.close();
    this.#seen.push(...callers.seen);
  }

  async report(): Promise<DrainReport> {
    const events = await verifiedEvents(this.#interlock.environment(this.#environment));
    const known = new Set(events.map(({ corr }) => corr?.['client_request_id']));
    const seen = this.#seen;
    return {
      ends: countEnds(seen),
      longestStopMillis: this.#longestStopMillis,
      badExits: this.#exits.filter((code) => code !== 0),
      refused: seen.flatMap(({ end }) => ('status' in end && end.status !== 204 ? [`${end.status}`] : [])),
      lost: seen.flatMap(({ end, clientRequestId }) =>
        'failure' in end && known.has(clientRequestId) ? [clientRequestId] : [],
      ),
      unpaired: unpaired(events, acceptedOf(seen)),
      notEnded: notEnded(events),
    };
  }
}

function notEnded(events: readonly Recorded[]): readonly string[] {
  const ended = new Set(events.flatMap(({ type, parent, outcome }) => (isEnd(type, outcome) ? [parent] : [])));
  return events.flatMap(({ id, type }) => (type.endsWith('.intent') && !ended.has(id) ? [id] : []));
}

function isEnd(type: string, outcome: string | undefined): boolean {
  return type.endsWith('.reconciled') || (type.endsWith('.outcome') && outcome !== 'unknown');
}
