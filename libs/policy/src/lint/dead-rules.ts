import { type Action, actions } from '#kernel';
import { termsOf } from '../analysis/rule-terms.ts';
import { timesCover } from '../analysis/rule-times.ts';
import { TermTable } from '../analysis/term-table.ts';
import type { PolicyDocument } from '../file/policy-document.ts';
import type { RuleIndex } from '../policy.ts';
import { RuleSet } from '../rule-set.ts';
import { type Meetings, meetingsOf } from './meetings.ts';

/** Something that a rule never does, and the rules that see to that, by their positions in the file. */
export type DeadRule =
  /** Other rules decide all that it decides, and alike. */
  | { readonly kind: 'implied'; readonly rule: number; readonly by: readonly number[] }
  /** Deny rules always take these actions away. */
  | {
      readonly kind: 'denied';
      readonly rule: number;
      readonly by: readonly number[];
      readonly actions: readonly Action[];
    };

/** Finds the dead rules. What it finds is dead for certain; conditions that it cannot compare keep a rule alive. */
export function deadRules(document: PolicyDocument): readonly DeadRule[] {
  const search = new DeadRuleSearch(document);
  return document.file.rules.flatMap((_, rule) => search.judge(rule) ?? []);
}

class DeadRuleSearch {
  readonly #index: RuleIndex;
  readonly #meetings: Meetings;
  readonly #terms: readonly ReturnType<typeof termsOf>[];
  readonly #tables: Readonly<Record<Action, TermTable>>;

  constructor({ policy, file }: PolicyDocument) {
    this.#index = policy.index;
    this.#meetings = meetingsOf(policy);
    this.#terms = file.rules.map(termsOf);
    const tables = actions.map((action) => [action, new TermTable(this.#terms.map((terms) => terms[action]))]);
    this.#tables = Object.fromEntries(tables) as Record<Action, TermTable>;
  }

  judge(rule: number): DeadRule | undefined {
    const compiled = this.#index.rules[rule];
    if (compiled === undefined) return undefined;
    const { jobs, targets } = this.#meetings;
    const deniers = compiled.effect === 'allow' ? this.#deniersOf(rule) : undefined;
    const denied = compiled.actions.flatMap((action) => {
      const by = deniers && this.#besides(rule, action, jobs, deniers);
      return by === undefined ? [] : [{ action, by }];
    });
    const implied = compiled.actions.map((action) =>
      denied.length > 0 ? undefined : this.#besides(rule, action, targets, this.#outweighing(rule, action)),
    );
    if (denied.length > 0) {
      const by = distinct(denied.map((each) => each.by));
      return { kind: 'denied', rule, by, actions: denied.map(({ action }) => action) };
    }
    const by = implied.filter((each) => each !== undefined);
    return by.length === implied.length ? { kind: 'implied', rule, by: distinct(by) } : undefined;
  }

  /** Rules of `among` that stand beside the rule wherever it is about this action; undefined where none does. */
  #besides(rule: number, action: Action, targets: readonly RuleSet[], among: RuleSet): readonly number[] | undefined {
    const relevant = this.#index.actions.rulesFor(action).and(among);
    const found = new Set<number>();
    for (const target of targets) {
      if (!target.has(rule)) continue;
      for (const caller of this.#meetings.callers) {
        if (!caller.has(rule)) continue;
        const [first] = RuleSet.common(relevant, target, caller);
        if (first === undefined) return undefined;
        found.add(first);
      }
    }
    return [...found];
  }

  #deniersOf(rule: number): RuleSet {
    const times = this.#terms[rule]?.read.times;
    return RuleSet.where(this.#index.rules.length, (other) => {
      const theirs = this.#terms[other]?.read.times;
      const isDeny = this.#index.rules[other]?.effect === 'deny';
      return isDeny && theirs !== undefined && times !== undefined && timesCover(theirs, times);
    });
  }

  /** Of two that decide all alike the later one is superfluous. */
  #outweighing(rule: number, action: Action): RuleSet {
    const table = this.#tables[action];
    return RuleSet.where(this.#index.rules.length, (other) => {
      return other !== rule && table.covers(other, rule) && (other < rule || !table.covers(rule, other));
    });
  }
}

function distinct(lists: readonly (readonly number[])[]): readonly number[] {
  return [...new Set(lists.flat())].toSorted((a, b) => a - b);
}
