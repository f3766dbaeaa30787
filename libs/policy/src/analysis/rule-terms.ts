import { type Action, actions } from '#kernel';
import { reasonLengthOf } from '../file/compile-policy.ts';
import type { RuleInFile } from '../file/rule-schema.ts';
import { type RuleTimes, timesCover, timesOf } from './rule-times.ts';

/** On what terms a rule applies to an action, apart from whom and what it is about. */
export interface RuleTerms {
  readonly effect: 'allow' | 'deny';
  /** Equal terms have equal keys. */
  readonly key: string;
  readonly times: RuleTimes;
  /** Fewest characters. */
  readonly reason?: number;
  /** RE2 pattern as written. */
  readonly ticket?: string;
  /** Milliseconds. */
  readonly maxDuration?: number;
  readonly startQuarantined: boolean;
  readonly breakGlass: boolean;
  /** Requests and milliseconds. */
  readonly limit?: string;
}

/** The terms for each action that the rule may be about; a read asks for no justification, a start for no end. */
export function termsOf(rule: RuleInFile): Readonly<Record<Action, RuleTerms>> {
  const times = timesOf(rule);
  return Object.fromEntries(actions.map((action) => [action, termsFor(rule, action, times)])) as Record<
    Action,
    RuleTerms
  >;
}

function termsFor(rule: RuleInFile, action: Action, times: RuleTimes): RuleTerms {
  const { effect } = rule;
  const limit = rule.effect === 'allow' && rule.limit && `${rule.limit.requests}/${rule.limit.per.millis}`;
  const none = { effect, times, startQuarantined: false, breakGlass: false, ...(limit && { limit }) };
  if (rule.effect === 'deny' || action === 'read') return { ...none, key: `${effect} ${times.key} ${limit || ''}` };
  const reason = reasonLengthOf(rule);
  const ticket = rule.require?.ticket?.pattern.source;
  const maxDuration = action === 'pause' ? rule.require?.maxDuration?.millis : undefined;
  const startQuarantined = action === 'start' && rule.startQuarantined === true;
  const breakGlass = rule.breakGlass === true;
  const key = JSON.stringify([effect, times.key, reason, ticket, maxDuration, startQuarantined, breakGlass, limit]);
  return {
    ...none,
    key,
    ...(reason !== undefined && { reason }),
    ...(ticket !== undefined && { ticket }),
    ...(maxDuration !== undefined && { maxDuration }),
    startQuarantined,
    breakGlass,
  };
}

/**
 * Whether everything that a rule on the terms `inner` decides is decided alike, or more freely, by one on `outer`, both
 * of one effect and about the same. Sound, not complete: different patterns are taken to have nothing in common.
 */
export function termsCover(outer: RuleTerms, inner: RuleTerms): boolean {
  if (outer.key === inner.key) return true;
  return (
    outer.effect === inner.effect &&
    (outer.reason === undefined || (inner.reason !== undefined && outer.reason <= inner.reason)) &&
    (outer.ticket === undefined || outer.ticket === inner.ticket) &&
    (outer.maxDuration === undefined || (inner.maxDuration !== undefined && outer.maxDuration >= inner.maxDuration)) &&
    (outer.startQuarantined || !inner.startQuarantined) &&
    (!outer.breakGlass || inner.breakGlass) &&
    (outer.limit === undefined || outer.limit === inner.limit) &&
    timesCover(outer.times, inner.times)
  );
}

/** The terms that no other of the list makes superfluous, each once. */
export function widest<Termed extends { readonly terms: RuleTerms }>(all: readonly Termed[]): readonly Termed[] {
  return all.filter(({ terms }, index) =>
    all.every((other, at) => {
      if (at === index || !termsCover(other.terms, terms)) return true;
      return termsCover(terms, other.terms) && index < at;
    }),
  );
}
