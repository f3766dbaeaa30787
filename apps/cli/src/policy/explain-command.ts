import { toTimestamp } from '#kernel';
import { type Decision, explain, type Question, type RuleTrace } from '#policy';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { readDocument } from './policy-files.ts';

/** Tells how a policy judges a request, rule by rule. Ends with 0 for an allow and 1 for a denial. */
export function explainCommand(
  file: string,
  question: Question,
  { json }: { readonly json: boolean },
  terminal: Terminal,
): ExitCode {
  const decision = explain(readDocument(file).policy, question);
  terminal.out(json ? `${JSON.stringify(decision, null, 2)}\n` : textOf(question, decision));
  return decision.effect === 'allow' ? exitCode.ok : exitCode.problems;
}

function textOf({ callers, action, job, at }: Question, decision: Decision): string {
  const rule = decision.rule === undefined ? '' : ` by ${decision.rule}`;
  const glass = decision.effect === 'allow' && decision.breakGlass ? ', breaking the glass' : '';
  const code = decision.effect === 'deny' ? ` (${decision.code})` : '';
  const unmet = decision.effect === 'deny' ? decision.unmet : [];
  const who = callers.length === 0 ? 'a stranger' : callers.join(' and ');
  return [
    `${decision.effect}${rule}${code}${glass}`,
    ...unmet.map((need) => `  needs ${need}`),
    `  ${action} of ${job} by ${who} at ${toTimestamp(at)}, policy ${decision.policySha256}`,
    ...decision.trace.map(traceLine),
    '',
  ].join('\n');
}

function traceLine({ rule, effect, failed }: RuleTrace): string {
  if (failed === undefined) return `  ${effect.padEnd(5)}  ${rule}  matches`;
  const { condition, expected, got } = failed;
  const details = [expected === undefined ? [] : [`expected ${expected}`], got === undefined ? [] : [`got ${got}`]];
  return `  ${effect.padEnd(5)}  ${rule}  ${[`not by ${condition}`, ...details.flat()].join(', ')}`;
}
