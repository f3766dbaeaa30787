import type { StoredEntry } from '#audit';
import {
  type ClaimedTimer,
  foldHolds,
  type Hold,
  HoldBook,
  type HoldFilter,
  HoldTimers,
  isOpen,
  planTimers,
  type StandingHolds,
  type TimerKind,
} from '#holds';
import type { Clock, EpochMillis, EventId, JobRef } from '#kernel';
import type { MemoryLogStore } from './memory-log-store.ts';
import { recordedHoldEvent } from './recorded-hold-event.ts';

interface KeptTimer {
  readonly hold: EventId;
  readonly kind: TimerKind;
  readonly due: EpochMillis;
  fence: number;
  until: number;
  attempts: number;
}

/** The holds of a log in memory: each append is folded in as it is kept. */
export class MemoryHolds extends HoldBook {
  readonly timers = new Map<string, KeptTimer>();
  readonly #holds = new Map<EventId, Hold>();
  #size = 0;

  constructor(store?: MemoryLogStore) {
    super();
    if (store === undefined) return;
    store.onAppend = (entries) => {
      this.#follow(entries);
    };
  }

  /** Every hold there ever was, in the order of the log. */
  get all(): readonly Hold[] {
    return [...this.#holds.values()].toSorted((one, other) => one.index - other.index);
  }

  override ofJob(job: JobRef): Promise<StandingHolds> {
    return Promise.resolve({ holds: this.all.filter(isOpen).filter((hold) => isOf(hold, job)), asOf: this.#size });
  }

  override find(id: EventId): Promise<Hold | undefined> {
    return Promise.resolve(this.#holds.get(id));
  }

  override countOpen(): Promise<number> {
    return Promise.resolve(this.all.filter(isOpen).length);
  }

  override page({ job, owner, open }: HoldFilter, limit: number, below = Infinity): Promise<readonly Hold[]> {
    const matches = (hold: Hold) =>
      hold.index < below &&
      (job === undefined || isOf(hold, job)) &&
      (owner === undefined || hold.owner === owner) &&
      (open !== true || isOpen(hold));
    return Promise.resolve(this.all.filter(matches).toReversed().slice(0, limit));
  }

  #follow(entries: readonly StoredEntry[]): void {
    for (const entry of entries) {
      this.#size = entry.index + 1;
      const event = recordedHoldEvent(entry);
      if (event === undefined) continue;
      const open = this.all.filter(isOpen).filter((hold) => isOf(hold, event.job));
      for (const hold of foldHolds(open, event)) this.#keep(hold);
    }
  }

  #keep(hold: Hold): void {
    const { set, clear } = planTimers(this.#holds.get(hold.id), hold);
    this.#holds.set(hold.id, hold);
    for (const { kind, due } of set) {
      const key = `${hold.id} ${kind}`;
      const fence = (this.timers.get(key)?.fence ?? 0) + 1;
      this.timers.set(key, { hold: hold.id, kind, due, fence, until: 0, attempts: 0 });
    }
    for (const kind of clear) this.timers.delete(`${hold.id} ${kind}`);
  }
}

/** The timers of {@link MemoryHolds}, on the test's clock. */
export class MemoryHoldTimers extends HoldTimers {
  readonly #holds: MemoryHolds;
  readonly #clock: Clock;

  constructor(holds: MemoryHolds, clock: Clock) {
    super();
    this.#holds = holds;
    this.#clock = clock;
  }

  override async claim(_owner: string, leaseMillis: number, limit: number): Promise<readonly ClaimedTimer[]> {
    const now = this.#clock.now();
    const held = new Set(this.#holds.all.filter(({ state }) => state === 'held').map(({ id }) => id));
    const due = [...this.#holds.timers.values()]
      .filter((timer) => timer.due <= now && timer.until <= now && held.has(timer.hold))
      .toSorted((one, other) => one.due - other.due)
      .slice(0, limit);
    for (const timer of due) Object.assign(timer, { fence: timer.fence + 1, until: now + leaseMillis });
    return Promise.resolve(
      due.map(({ hold, kind, fence, attempts, due: at }) => ({
        hold,
        kind,
        due: at,
        fence,
        attempts,
        lateMillis: now - at,
      })),
    );
  }

  override putOff({ hold, kind, fence }: ClaimedTimer, millis: number): Promise<void> {
    const timer = this.#holds.timers.get(`${hold} ${kind}`);
    if (timer?.fence === fence) {
      Object.assign(timer, { until: this.#clock.now() + millis, attempts: timer.attempts + 1 });
    }
    return Promise.resolve();
  }
}

function isOf({ job }: Hold, { servicePrincipalId, jobId }: JobRef): boolean {
  return job.servicePrincipalId === servicePrincipalId && job.jobId === jobId;
}
