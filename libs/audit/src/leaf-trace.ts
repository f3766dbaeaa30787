import type { RecordedDecision, RecordedRule } from './recorded-facts.ts';
import type { LeafFailure, LeafRule } from './leaf.ts';
import type { LeafText } from './leaf-text.ts';
import { present } from './present.ts';

export interface LeafTrace {
  readonly trace: readonly LeafRule[];
  readonly trace_omitted: number;
}

/** The rules that were about the request, as many as a leaf holds, and the count of all others. */
export function leafTrace({ trace: rules, elsewhere = 0 }: RecordedDecision, text: LeafText): LeafTrace {
  const trace = rules.slice(0, text.limits.rules).map((rule) => leafRule(rule, text));
  return { trace, trace_omitted: rules.length - trace.length + elsewhere };
}

function leafRule({ rule, effect, failed }: RecordedRule, text: LeafText): LeafRule {
  return present<LeafRule>({ effect, failed: failed && leafFailure(failed, text), rule: text.of(rule) });
}

function leafFailure(failed: NonNullable<RecordedRule['failed']>, text: LeafText): LeafFailure {
  return present<LeafFailure>({
    condition: text.of(failed.condition),
    expected: text.maybe(failed.expected),
    // What was got for the reason may quote it, and the reason is personal: the leaf has only its digest.
    got: failed.condition === 'reason' ? undefined : text.maybe(failed.got),
  });
}
