import type { Alarm, Attempt, KeptDelivery } from '#alarms';
import { type Clock, parseTimestamp } from '#kernel';

/** What a courier last saw. */
interface Seen {
  readonly state: KeptDelivery;
  readonly pending: Alarm | undefined;
  /** Of the log. */
  readonly size: number;
}

/** How the delivery to one destination stands, for monitoring. */
export class CourierStanding {
  /** Attempts of this process, by what came of them. */
  readonly attempts: Record<Attempt['kind'], number> = { delivered: 0, troubled: 0, refused: 0, misconfigured: 0 };
  readonly #clock: Clock;
  #seen: Seen | undefined;

  constructor(
    readonly destination: string,
    clock: Clock,
  ) {
    this.#clock = clock;
  }

  /** The first alarm that was not delivered. */
  get pending(): Alarm | undefined {
    return this.#seen?.pending;
  }

  /** Entries of the log from the first alarm on that was not delivered. */
  get lagEvents(): number {
    return this.#seen?.pending === undefined ? 0 : this.#seen.size - this.#seen.pending.index;
  }

  /** Age of that alarm, in seconds; 0 when there is none. */
  get lagSeconds(): number {
    const since = parseTimestamp(this.pending?.entry.time ?? '');
    return since === undefined ? 0 : Math.max(0, (this.#clock.now() - since) / 1_000);
  }

  get parked(): number {
    return this.#seen?.state.parked ?? 0;
  }

  /** Whether it is on record that the destination takes nothing. */
  get failing(): boolean {
    return this.#seen?.state.failure !== undefined;
  }

  seen(seen: Seen): void {
    this.#seen = seen;
  }

  attempted({ kind }: Attempt): void {
    this.attempts[kind] += 1;
  }
}
