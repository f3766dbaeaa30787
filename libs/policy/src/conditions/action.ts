import { type Action, actions } from '#kernel';
import { RuleSet } from '../rule-set.ts';

/** Which rules are about an action. */
export class ActionIndex {
  readonly #rules: ReadonlyMap<Action, RuleSet>;

  constructor(rules: readonly { readonly actions: readonly Action[] }[]) {
    const about = (action: Action) => RuleSet.where(rules.length, (index) => !!rules[index]?.actions.includes(action));
    this.#rules = new Map(actions.map((action) => [action, about(action)]));
  }

  /** Throws a RangeError for what is no action: the types were lied to, and silence would be an allow in disguise. */
  rulesFor(action: Action): RuleSet {
    const rules = this.#rules.get(action);
    if (rules === undefined) throw new RangeError('unknown action');
    return rules;
  }
}
