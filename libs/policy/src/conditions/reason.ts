import type { PolicyRequest } from '../decision.ts';
import type { Explanation, RuleCondition } from './rule-condition.ts';

/**
 * Asked of changes: the request says why, in at least so many characters (code points, without white space at the ends). The text itself
 * stays out of the trace: it is personal, and the trace is hashed into the log for good.
 */
export class ReasonCondition implements RuleCondition {
  readonly name = 'reason';
  readonly mendable = true;
  readonly #minLength: number;

  constructor(minLength: number) {
    this.#minLength = minLength;
  }

  holds({ action, justification: { reason } }: PolicyRequest): boolean {
    if (action === 'read') return true;
    return reason !== undefined && lengthOf(reason) >= this.#minLength;
  }

  explain({ justification: { reason } }: PolicyRequest): Explanation {
    const got = reason === undefined ? 'none' : characters(lengthOf(reason));
    return { expected: `at least ${characters(this.#minLength)}`, got };
  }
}

/** Counts code points without making a list of them: this runs for each rule that asks for a reason. */
function lengthOf(reason: string): number {
  const text = reason.trim();
  let length = text.length;
  for (let at = 1; at < text.length; at++) {
    const inPair = (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
    if (inPair) length--;
  }
  return length;
}

function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}
