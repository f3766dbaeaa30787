import {
  afterFailure,
  type Alarm,
  type AlarmBook,
  type AlarmName,
  type Attempt,
  type DeliveryState,
  type Destination,
  isAboutAlarms,
  type KeptDelivery,
  type Writer,
} from '#alarms';
import type { Lease, LeaseStore } from '#audit';
import { type EpochMillis, parseTimestamp } from '#kernel';
import { AlarmFeed, type AlarmLog } from './alarm-feed.ts';
import { AlarmSender, type AlarmSenderPorts } from './alarm-sender.ts';
import { CourierStanding } from './courier-standing.ts';

/** Longer than an attempt and the records of it take. */
const leaseMillis = 30_000;
/** After so many entries without an alarm the position is saved, so that a restart reads no more than that again. */
const positionStep = 1_000;
/** So many attempts in vain make a failure; fewer are nothing to wake somebody for. */
const failureAfter = 3;
const begun = { attempts: 0, retryAt: 0 as EpochMillis };

export interface CourierPorts extends AlarmSenderPorts {
  readonly log: AlarmLog;
  readonly book: AlarmBook;
  readonly leases: LeaseStore;
  /** Names this replica. */
  readonly owner: string;
  /** From 0 to 1, for waits that differ. */
  readonly random: () => number;
  /** Hears how each attempt went. */
  readonly onAttempt?: (destination: string, alarm: Alarm, attempt: Attempt) => void;
}

type Failure = Exclude<Attempt, { kind: 'delivered' }>;

/**
 * Delivers the alarms of the log to one destination: at least once, in their order, each attempt before the next alarm.
 * Every replica runs one per destination; the lease says who works. Nothing of it is on the way of a request.
 */
export class Courier {
  readonly standing: CourierStanding;
  readonly #ports: CourierPorts;
  readonly #destination: Destination;
  readonly #sender: AlarmSender;
  #feed: AlarmFeed | undefined;

  constructor(ports: CourierPorts, destination: Destination) {
    this.#ports = ports;
    this.#destination = destination;
    this.#sender = new AlarmSender(ports, destination);
    this.standing = new CourierStanding(destination.name, ports.clock);
  }

  /** Delivers what is due, until `signal` is aborted. Rejects when store or log fail. */
  async round(signal?: AbortSignal): Promise<void> {
    const { leases, owner, clock, audit } = this.#ports;
    const state = await this.#look();
    if (clock.now() < state.retryAt) return;
    const isWork = this.standing.pending !== undefined || state.again !== undefined;
    if (!isWork && this.#feedFrom(state).position - state.position < positionStep) return;
    const lease = await leases.acquire(`alarms ${audit.origin} ${this.#destination.name}`, owner, leaseMillis);
    if (lease === undefined) return;
    try {
      while (signal?.aborted !== true && (await this.#step(lease, signal)));
    } finally {
      await leases.release(lease);
      await this.#look();
    }
  }

  /** Sees how things stand, for itself and for monitoring. */
  async #look(): Promise<KeptDelivery> {
    const { book, log } = this.#ports;
    const state = await book.find(this.#destination.name);
    if (state === undefined) throw new TypeError(`The destination ${this.#destination.name} has not begun`);
    const pending = await this.#feedFrom(state).first(state.position);
    this.standing.seen({ state, pending, size: (await log.head())?.size ?? 0 });
    return state;
  }

  /** One attempt; false when there is nothing to do now. */
  async #step(lease: Lease, signal: AbortSignal | undefined): Promise<boolean> {
    const { leases, clock, book } = this.#ports;
    // Another replica may have come further before the lease became ours.
    const state = await this.#look();
    if (clock.now() < state.retryAt || !(await leases.renew(lease, leaseMillis, state.position))) return false;
    const writer = { destination: this.#destination.name, fence: lease.fence };
    if (state.again !== undefined) return this.#deliverParked(writer, state, state.again, signal);
    const { pending } = this.standing;
    if (pending !== undefined) return this.#deliver(writer, state, pending, signal);
    await book.save(writer, { ...state, position: this.#feedFrom(state).position });
    return false;
  }

  async #deliver(writer: Writer, state: KeptDelivery, alarm: Alarm, signal?: AbortSignal): Promise<boolean> {
    const { book } = this.#ports;
    const attempt = await this.#attempt(alarm, signal);
    if (signal?.aborted === true && attempt.kind !== 'delivered') return false;
    const after = { ...begun, position: alarm.index + 1 };
    if (attempt.kind === 'delivered') {
      await this.#recovered(state);
      return book.save(writer, after);
    }
    const attempts = state.attempts + 1;
    const next = this.#next(alarm, attempt, attempts);
    const isDown = next.kind === 'park' || attempts >= failureAfter;
    const failure = isDown ? await this.#failed(state, alarm, attempt) : state.failure;
    const failing = failure !== undefined && { failure };
    if (next.kind === 'park') return this.#park(writer, alarm, attempt, { ...after, ...failing }, attempts);
    const retryAt = (this.#ports.clock.now() + next.millis) as EpochMillis;
    await book.save(writer, { position: alarm.index, attempts, retryAt, ...failing });
    return false;
  }

  /** One attempt at an alarm that an operator wants tried again; the others need not wait for it. */
  async #deliverParked(writer: Writer, state: KeptDelivery, index: number, signal?: AbortSignal): Promise<boolean> {
    const { book } = this.#ports;
    const parked = (await book.parked()).find((one) => one.destination === writer.destination && one.index === index);
    const alarm = parked && (await this.#feedFrom(state).again(index, parked.name as AlarmName));
    if (alarm === undefined) return book.unpark(writer, index);
    const attempt = await this.#attempt(alarm, signal);
    if (attempt.kind !== 'delivered') {
      return signal?.aborted !== true && (await this.#park(writer, alarm, attempt, state, 1));
    }
    const recovered = await this.#recovered(state);
    if (recovered) await book.save(writer, { ...begun, position: state.position });
    return book.unpark(writer, index);
  }

  async #attempt(alarm: Alarm, signal?: AbortSignal): Promise<Attempt> {
    const attempt = await this.#sender.send(alarm, signal);
    this.standing.attempted(attempt);
    this.#ports.onAttempt?.(this.#destination.name, alarm, attempt);
    return attempt;
  }

  #next({ entry }: Alarm, failure: Failure, attempts: number) {
    const { clock, random } = this.#ports;
    const now = clock.now();
    return afterFailure(failure, attempts, now - (parseTimestamp(entry.time) ?? now), random);
  }

  /** On record before it is parked: an alarm is never skipped silently. */
  async #park(
    writer: Writer,
    { index, name, entry }: Alarm,
    { reason }: Failure,
    state: DeliveryState,
    attempts: number,
  ): Promise<boolean> {
    const { audit, book, clock } = this.#ports;
    const { destination } = writer;
    await audit.record({ type: 'alarm.parked', destination, parent: entry.id, name, reason, attempts });
    return book.park(writer, { index, name, reason, parkedAt: clock.now() }, state);
  }

  /** Records that the destination fails, once; gives the reason that it failed with first. */
  async #failed(state: DeliveryState, { name }: Alarm, { reason }: Failure): Promise<string | undefined> {
    // Else two destinations that fail would make each other fail for ever.
    if (state.failure !== undefined || isAboutAlarms(name)) return state.failure;
    const { name: destination } = this.#destination;
    await this.#ports.audit.record({ type: 'alarm.destination_failed', destination, reason });
    return reason;
  }

  async #recovered({ failure }: DeliveryState): Promise<boolean> {
    if (failure === undefined) return false;
    const { name: destination } = this.#destination;
    await this.#ports.audit.record({ type: 'alarm.destination_recovered', destination });
    return true;
  }

  #feedFrom({ position }: DeliveryState): AlarmFeed {
    const { name: own, events } = this.#destination;
    // Nobody is told about the alarms that did not reach it.
    const wants = ({ name, entry }: Alarm): boolean => events.includes(name) && entry.alarm?.destination !== own;
    return (this.#feed ??= new AlarmFeed(this.#ports.log, position, wants));
  }
}
