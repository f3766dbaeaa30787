import type { RecordedRule } from './recorded-facts.ts';
import type { LeafFailure, LeafRule } from './leaf.ts';
import type { LeafText } from './leaf-text.ts';
import { present } from './present.ts';

/** Conditions that say that a rule is about something else; a large policy has hundreds of those per request. */
const elsewhere: ReadonlySet<string> = new Set(['action', 'job', 'caller']);

export interface LeafTrace {
  readonly trace: readonly LeafRule[];
  readonly trace_omitted: number;
}

/** The rules that were about this request, as many as a leaf holds, and the count of all others. */
export function leafTrace(rules: readonly RecordedRule[], text: LeafText): LeafTrace {
  const trace: LeafRule[] = [];
  for (const rule of rules) {
    if (trace.length === text.limits.rules) break;
    if (rule.failed === undefined || !elsewhere.has(rule.failed.condition)) trace.push(leafRule(rule, text));
  }
  return { trace, trace_omitted: rules.length - trace.length };
}

function leafRule({ rule, effect, failed }: RecordedRule, text: LeafText): LeafRule {
  return present<LeafRule>({ rule: text.of(rule), effect, failed: failed && leafFailure(failed, text) });
}

function leafFailure(failed: NonNullable<RecordedRule['failed']>, text: LeafText): LeafFailure {
  return present<LeafFailure>({
    condition: text.of(failed.condition),
    expected: text.maybe(failed.expected),
    // What was got for the reason may quote it, and the reason is personal: the leaf has only its digest.
    got: failed.condition === 'reason' ? undefined : text.maybe(failed.got),
  });
}
