import type { Decision } from '#policy';
import { z } from 'zod';

/** Reply to a dry run: what the policy says and why, rule by rule. */
export const judgementSchema = z.object({
  effect: z.enum(['allow', 'deny']),
  rule: z.string().optional().describe('The rule that decided, or that came nearest.'),
  code: z.string().optional().describe('Stable reason of a denial.'),
  unmet: z.array(z.string()).optional().describe('What is missing for a rule that would allow it.'),
  policySha256: z.string(),
  trace: z.array(
    z.object({
      rule: z.string(),
      effect: z.enum(['allow', 'deny']),
      failed: z
        .object({ condition: z.string(), expected: z.string().optional(), got: z.string().optional() })
        .optional()
        .describe('The first condition that did not hold; absent when the rule matches.'),
    }),
  ),
});

export function judgementOf(decision: Decision): z.infer<typeof judgementSchema> {
  return {
    effect: decision.effect,
    ...(decision.rule !== undefined && { rule: decision.rule }),
    ...(decision.effect === 'deny' && { code: decision.code, unmet: [...decision.unmet] }),
    policySha256: decision.policySha256,
    trace: decision.trace.map((judged) => ({
      rule: judged.rule,
      effect: judged.effect,
      ...(judged.failed !== undefined && { failed: judged.failed }),
    })),
  };
}
