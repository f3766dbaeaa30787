import type { EpochMillis } from '#kernel';
import type { PolicyDocument } from '../file/policy-document.ts';
import { formatPath, type PolicyProblem, printable } from '../file/policy-problem.ts';
import { readPolicy } from '../file/read-policy.ts';
import { type DeadRule, deadRules } from './dead-rules.ts';
import type { Finding, Remark } from './finding.ts';
import { remarksOnRule } from './rule-remarks.ts';
import { unusedNames } from './unused-names.ts';

/** What lint says of a file: the digest when the broker would take it, and all findings in the order of the file. */
export interface LintReport {
  readonly sha256?: string;
  readonly findings: readonly Finding[];
}

/**
 * Looks for what is wrong with a policy file, and for what is right but does not do what it seems to. Does not throw
 * for any bytes. `now` decides what has expired.
 */
export function lintPolicy(bytes: Uint8Array, fileName: string, now: EpochMillis): LintReport {
  const reading = readPolicy(bytes, fileName);
  if (!reading.ok) return { findings: reading.problems.map(errorOf) };
  const { document, policy } = reading;
  const placed = remarksOn(document, now).map(({ path, at, ...remark }): Finding => {
    const place = { ...document.locate(path, at), path: printable(formatPath(path)) };
    return { file: fileName, ...place, ...remark, message: printable(remark.message) };
  });
  return { sha256: policy.sha256, findings: placed.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

function errorOf(problem: PolicyProblem): Finding {
  return { ...problem, severity: 'error', advice: 'mend it: the broker refuses the whole file' };
}

function remarksOn(document: PolicyDocument, now: EpochMillis): readonly Remark[] {
  const { rules } = document.file;
  const alone = rules.map((rule, position) => remarksOnRule(rule, position, document.policy, now));
  const dead = deadRules(document).filter(({ rule }) => alone[rule]?.void === false);
  const idOf = (position: number): string => rules[position]?.id ?? '';
  return [
    ...alone.flatMap(({ remarks }) => remarks),
    ...dead.map((each) => remarkOn(each, document, idOf)),
    ...unusedNames(document),
  ];
}

function remarkOn(dead: DeadRule, { file }: PolicyDocument, idOf: (position: number) => string): Remark {
  const place = { path: ['rules', dead.rule, 'id'], at: 'value', severity: 'warning' } as const;
  const by = named(dead.by.map(idOf));
  const id = idOf(dead.rule);
  if (dead.kind === 'implied') {
    const message = `rule "${id}" changes nothing: all that it decides is decided alike by ${by}`;
    return { ...place, code: 'implied', message, advice: 'remove it, or make it say what the others do not' };
  }
  const isWhole = dead.actions.length === (file.rules[dead.rule]?.actions ?? []).length;
  const what = isWhole ? 'anything' : dead.actions.join(' or ');
  const message = `rule "${id}" never allows ${what}: it is always denied by ${by}`;
  const advice = isWhole ? 'remove it, or narrow what denies it' : 'remove the action, or narrow what denies it';
  return { ...place, severity: isWhole ? 'warning' : 'note', code: 'always_denied', message, advice };
}

function named(ids: readonly string[]): string {
  const shown = ids.slice(0, 3).map((id) => `"${id}"`);
  return ids.length > shown.length ? `${shown.join(', ')} and ${ids.length - shown.length} more` : shown.join(' and ');
}
