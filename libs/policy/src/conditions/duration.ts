import type { PolicyRequest } from '../decision.ts';
import { formatDuration, type IsoDuration } from '../time/iso-duration.ts';
import type { Explanation, RuleCondition } from './rule-condition.ts';

/** Asked of a pause: the request says when it shall end: later than now and soon enough. */
export class DurationCondition implements RuleCondition {
  readonly name = 'duration';
  readonly mendable = true;
  readonly #max: IsoDuration;

  constructor(max: IsoDuration) {
    this.#max = max;
  }

  holds({ action, at, begun = at, justification: { until } }: PolicyRequest): boolean {
    if (action !== 'pause') return true;
    return until !== undefined && until > at && until - begun <= this.#max.millis;
  }

  explain({ at, begun = at, justification: { until } }: PolicyRequest): Explanation {
    const atMost = `at most ${this.#max.text}`;
    if (until === undefined) return { expected: `required, ${atMost}`, got: 'none' };
    if (until > at) return { expected: atMost, got: formatDuration(until - begun) };
    return { expected: `must end later than now, ${atMost}`, got: 'not later than now' };
  }
}
