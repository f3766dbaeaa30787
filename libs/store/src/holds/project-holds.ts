import { foldHolds, type Hold, type HoldEvent, holdEventOf, isOpen, planTimers, type TimerPlan } from '#holds';
import type { NewEntry } from '#audit';
import type { JobRef } from '#kernel';

/** What an append does to the holds. */
export interface HoldProjection {
  /** Holds that it made or changed, as they are after it. */
  readonly changed: readonly { readonly hold: Hold; readonly timers: TimerPlan }[];
}

/** What the entries of an append, the first of which gets index `from`, say about holds. */
export function holdEventsOf(entries: readonly NewEntry[], from: number): readonly HoldEvent[] {
  const events: HoldEvent[] = [];
  for (const [at, { leaf }] of entries.entries()) {
    const event = holdEventOf(leaf, from + at);
    if (event !== undefined) events.push(event);
  }
  return events;
}

/** The jobs that the events are about, each once. */
export function jobsOf(events: readonly HoldEvent[]): readonly JobRef[] {
  return [...new Map(events.map(({ job }) => [keyOf(job), job])).values()];
}

/** Applies the events, in order, to the open holds of their jobs. */
export function projectHolds(events: readonly HoldEvent[], open: readonly Hold[]): HoldProjection {
  const before = new Map(open.map((hold) => [hold.id, hold]));
  const jobs = Map.groupBy(open.filter(isOpen), ({ job }) => keyOf(job));
  const changed = new Map<string, Hold>();
  for (const event of events) {
    const key = keyOf(event.job);
    const standing = jobs.get(key) ?? [];
    const changes = foldHolds(standing, event);
    for (const hold of changes) changed.set(hold.id, hold);
    const untouched = standing.filter(({ id }) => !changes.some((hold) => hold.id === id));
    jobs.set(key, [...untouched, ...changes.filter(isOpen)]);
  }
  return {
    changed: [...changed.values()].map((hold) => ({ hold, timers: planTimers(before.get(hold.id), hold) })),
  };
}

/** Tells jobs apart. */
export function keyOf({ servicePrincipalId, jobId }: JobRef): string {
  return `${servicePrincipalId}/${jobId}`;
}
