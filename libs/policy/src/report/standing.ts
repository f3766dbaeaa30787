import type { Action } from '#kernel';
import { type RuleTerms, termsOf, widest } from '../analysis/rule-terms.ts';
import { timesCover } from '../analysis/rule-times.ts';
import type { PolicyContent } from '../file/policy-document.ts';
import { RuleSet } from '../rule-set.ts';
import { type RuleWords, wordsOf } from './rule-words.ts';

/** How things stand between a caller, an action and a job, whatever the time and the justification. */
export interface Standing {
  /** What allows it, but for what is always denied and what another grant makes superfluous. Empty: never allowed. */
  readonly grants: readonly RuleWords[];
  /** What denies it, in part of the time or always. */
  readonly denials: readonly RuleWords[];
  /** Equal for equal grants and denials, whatever the rules are called. */
  readonly key: string;
}

interface Placed {
  readonly position: number;
  readonly terms: RuleTerms;
}

/** Tells how things stand by a policy. Only the conditions of rules are compared, no sample times. */
export class Standings {
  readonly #index: PolicyContent['policy']['index'];
  readonly #terms: readonly ReturnType<typeof termsOf>[];
  readonly #known = new Map<string, Standing>();

  constructor({ policy, file }: Pick<PolicyContent, 'policy' | 'file'>) {
    this.#index = policy.index;
    this.#terms = file.rules.map(termsOf);
  }

  /** Of a caller and a job that these rules are about. */
  of(caller: RuleSet, action: Action, job: RuleSet): Standing {
    const positions = RuleSet.common(caller, this.#index.actions.rulesFor(action), job);
    const key = `${action} ${positions.join()}`;
    let standing = this.#known.get(key);
    if (standing === undefined) {
      standing = this.#weigh(positions, action);
      this.#known.set(key, standing);
    }
    return standing;
  }

  #weigh(positions: readonly number[], action: Action): Standing {
    const placed = positions.flatMap((position): readonly Placed[] => {
      const terms = this.#terms[position]?.[action];
      return terms === undefined ? [] : [{ position, terms }];
    });
    const denials = widest(placed.filter(({ terms }) => terms.effect === 'deny'));
    const grants = widest(
      placed.filter(({ terms }) => {
        return terms.effect === 'allow' && !denials.some((deny) => timesCover(deny.terms.times, terms.times));
      }),
    );
    const words = (list: readonly Placed[]): readonly RuleWords[] =>
      list.flatMap(({ position }) => {
        const rule = this.#index.rules[position];
        return rule === undefined ? [] : [wordsOf(rule, action)];
      });
    const keys = [...grants, ...denials].map(({ terms }) => terms.key).toSorted();
    return { grants: words(grants), denials: words(denials), key: keys.join('\n') };
  }
}
