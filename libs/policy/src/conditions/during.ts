import { type EpochMillis, toTimestamp } from '#kernel';
import type { PolicyRequest } from '../decision.ts';
import type { Explanation, RuleCondition } from './rule-condition.ts';

/** A span of time; it holds its start and not its end. An open side never ends. */
export interface Period {
  readonly from?: EpochMillis;
  readonly to?: EpochMillis;
}

/** The rule applies within any of its periods. */
export class DuringCondition implements RuleCondition {
  readonly name = 'during';
  readonly mendable = false;
  readonly #periods: readonly Period[];
  readonly #expected: string;

  constructor(periods: readonly Period[]) {
    this.#periods = periods;
    this.#expected = periods.map(describe).join('; ');
  }

  holds({ at }: PolicyRequest): boolean {
    for (const { from = -Infinity, to = Infinity } of this.#periods) if (from <= at && at < to) return true;
    return false;
  }

  explain({ at }: PolicyRequest): Explanation {
    return { expected: this.#expected, got: toTimestamp(at) };
  }
}

function describe({ from, to }: Period): string {
  const parts = [];
  if (from !== undefined) parts.push(`from ${toTimestamp(from)}`);
  if (to !== undefined) parts.push(`before ${toTimestamp(to)}`);
  return parts.join(' ');
}
