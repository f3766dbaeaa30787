import type { ReplyOf } from '../api/client.ts';

/** What a dry run says. */
export type Judgement = ReplyOf<'explainPolicy'>;

/** A decision for people: whether it would go through, why, and what is still missing. */
export interface VerdictWords {
  readonly allowed: boolean;
  readonly summary: string;
  readonly missing: readonly string[];
}

const sentences: Readonly<Record<string, string>> = {
  no_matching_rule: 'The policy has no rule that allows you this.',
  outside_window: 'The policy allows you this, but not at this time.',
  requirement_missing: 'The policy allows you this, but asks for more:',
  evaluation_error: 'The policy could not judge this, so it is refused.',
};

/** Puts a decision into plain words. */
export function verdictWords({
  effect,
  rule,
  code,
  unmet,
}: Pick<Judgement, 'effect' | 'rule' | 'code' | 'unmet'>): VerdictWords {
  if (effect === 'allow') return { allowed: true, summary: `Allowed by the rule ${rule ?? ''}.`, missing: [] };
  const summary =
    code === 'denied_by_rule'
      ? `Forbidden by the rule ${rule ?? ''}.`
      : (sentences[code ?? ''] ?? 'The policy refuses this.');
  return { allowed: false, summary, missing: unmet ?? [] };
}
