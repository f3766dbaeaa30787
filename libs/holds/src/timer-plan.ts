import type { EpochMillis } from '#kernel';
import { type Hold, isOpen } from './hold.ts';
import type { TimerKind } from './hold-timers.ts';

/** What a change of a hold does to its timers. */
export interface TimerPlan {
  /** Timers to set anew, with when they fall due. */
  readonly set: readonly { readonly kind: TimerKind; readonly due: EpochMillis }[];
  readonly clear: readonly TimerKind[];
}

const kinds = ['end', 'confirm'] as const satisfies readonly TimerKind[];

/** A look that cannot be too early: nobody waits for a certain time. */
const atOnce = 0 as EpochMillis;

/** The timers of a hold after a change; those that stay as they were keep how often they were put off. */
export function planTimers(before: Hold | undefined, after: Hold): TimerPlan {
  const set: { readonly kind: TimerKind; readonly due: EpochMillis }[] = [];
  const clear: TimerKind[] = [];
  for (const kind of kinds) {
    const had = before && dueOf(before, kind);
    const due = dueOf(after, kind);
    if (due === undefined) {
      if (had !== undefined) clear.push(kind);
    } else if (due !== had) set.push({ kind, due });
  }
  return { set, clear };
}

function dueOf(hold: Hold, kind: TimerKind): EpochMillis | undefined {
  if (!isOpen(hold)) return undefined;
  if (kind === 'end') return hold.until;
  return hold.contested ? atOnce : undefined;
}
