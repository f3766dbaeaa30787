import type { EpochMillis } from '#kernel';
import type { RuleTimes } from '../analysis/rule-times.ts';
import { WindowCondition, type Window } from '../conditions/window.ts';

const minute = 60_000;
/** Each hour of a week comes in any span so long, even where a change of the clock skips it once. */
const surely = 15 * 24 * 60 * minute;

/** Whether there is a moment that is in one of the rule's periods and in one of its windows. */
export function appliesEver({ periods }: RuleTimes, windows: readonly Window[] | undefined): boolean {
  if (periods === undefined || windows === undefined) return true;
  const open = new WindowCondition(windows);
  return periods.some(([from, to]) => {
    if (to - from >= surely || open.contains(from as EpochMillis)) return true;
    // Windows begin and end at whole minutes.
    for (let at = Math.ceil(from / minute) * minute; at < to; at += minute) {
      if (open.contains(at as EpochMillis)) return true;
    }
    return false;
  });
}
