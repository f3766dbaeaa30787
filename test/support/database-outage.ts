import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { call } from './http-client.ts';
import type { BrokerProcess } from './broker-process.ts';
import type { Interlock } from './interlock.ts';
import { acceptedOf, countEnds, KeptAliveCallers, type Seen } from './kept-alive-callers.ts';
import { type KillFindings, reportKills } from './kill-report.ts';
import { unpaired, verifiedEvents } from './recorded-events.ts';

/** A PostgreSQL that goes away and comes back at the same address. */
export interface FickleDatabase {
  readonly url: string;
  goDown(): Promise<void> | void;
  comeBack(): Promise<void> | void;
}

/** What an outage left behind; besides the figures, everything should be empty. */
export interface OutageReport extends Pick<KillFindings, 'notEndedOnce' | 'withoutIntent' | 'untrueReplies'> {
  readonly ends: Readonly<Record<string, number>>;
  /** How requests ended that came and went while the database was away: 503 is right. */
  readonly endsWhileAway: Readonly<Record<string, number>>;
  /** 204 without one intent and its one successful outcome. */
  readonly unpaired: readonly string[];
}

const OpenPage = z.object({ items: z.array(z.unknown()) });

/** Callers that go on pausing over one broker while its database goes away and comes back. */
export class DatabaseOutage {
  readonly broker: BrokerProcess;
  /** `performance.now()` when it was gone, and when it was let back. */
  awayFrom = Number.POSITIVE_INFINITY;
  awayTo = Number.POSITIVE_INFINITY;
  readonly #interlock: Interlock;
  readonly #database: FickleDatabase;
  readonly #callers: KeptAliveCallers;
  readonly #calling: Promise<void>;
  #ended = false;

  private constructor(
    interlock: Interlock,
    database: FickleDatabase,
    broker: BrokerProcess,
    callers: KeptAliveCallers,
  ) {
    this.#interlock = interlock;
    this.#database = database;
    this.broker = broker;
    this.#callers = callers;
    this.#calling = callers.run(broker.url, () => !this.#ended);
  }

  static async start(interlock: Interlock, database: FickleDatabase, callers: number): Promise<DatabaseOutage> {
    const broker = await interlock.broker(environment(database));
    return new DatabaseOutage(interlock, database, broker, new KeptAliveCallers(await interlock.hrPortal(), callers));
  }

  get seen(): readonly Seen[] {
    return this.#callers.seen;
  }

  /** Waits until so many more requests have ended with this status. */
  async more(count: number, status: number): Promise<void> {
    const has = () => this.seen.filter(({ end }) => 'status' in end && end.status === status).length;
    const enough = has() + count;
    while (has() < enough) await setTimeout(5);
  }

  async goDown(): Promise<void> {
    await this.#database.goDown();
    this.awayFrom = performance.now();
  }

  async comeBack(): Promise<void> {
    this.awayTo = performance.now();
    await this.#database.comeBack();
  }

  /** Ends the load and the broker, has what is open reconciled, and compares the log with what Graph and callers saw. */
  async report(): Promise<OutageReport> {
    this.#ended = true;
    await this.#calling;
    this.#callers.close();
    if ((await this.broker.stop()) !== 0) throw new Error(`The broker did not stop in order:\n${this.broker.output()}`);
    await this.#reconcile();
    const events = await verifiedEvents(this.#interlock.environment(environment(this.#database)));
    const accepted = acceptedOf(this.seen);
    const { notEndedOnce, withoutIntent, untrueReplies } = reportKills(
      events,
      this.#interlock.cloud.journal({ service: 'graph' }),
      accepted,
    );
    const whileAway = this.seen.filter(({ at, millis }) => at - millis > this.awayFrom && at < this.awayTo);
    const lost = unpaired(events, accepted);
    return {
      ends: countEnds(this.seen),
      endsWhileAway: countEnds(whileAway),
      notEndedOnce,
      withoutIntent,
      untrueReplies,
      unpaired: lost,
    };
  }

  /** A broker that takes every open intent for an orphan at once. */
  async #reconcile(): Promise<void> {
    const token = await this.#interlock.reviewer();
    const broker = await this.#interlock.failpointBroker(environment(this.#database), {});
    const open = async () => OpenPage.parse((await call(`${broker.url}/api/audit/open`, { token })).data).items.length;
    while ((await open()) > 0);
    await broker.stop();
  }
}

function environment({ url }: FickleDatabase): Readonly<Record<string, string>> {
  return { DATABASE_URL: url, INTERLOCK_READ_BEFORE_PAUSE: 'false' };
}
