import { type Change, diffPolicies } from '#policy';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { readDocument } from './policy-files.ts';
import { textOfWords } from './rule-words-text.ts';

/** Tells what changes from one policy to another. Ends with 0 when nothing does and 1 when something does, as diff(1). */
export function diffCommand(
  old: string,
  candidate: string,
  { json }: { readonly json: boolean },
  terminal: Terminal,
): ExitCode {
  const [before, after] = [readDocument(old), readDocument(candidate)];
  const changes = diffPolicies(before, after);
  if (json) {
    const digests = { before: before.policy.sha256, after: after.policy.sha256 };
    terminal.out(`${JSON.stringify({ ...digests, changes }, null, 2)}\n`);
  } else {
    for (const change of changes) terminal.out(textOf(change));
    if (changes.length === 0) terminal.out('no caller gains or loses anything\n');
  }
  return changes.length === 0 ? exitCode.ok : exitCode.problems;
}

function textOf({ kind, action, callers, jobs, before, after }: Change): string {
  const side = (name: string, standing: Change['before']): readonly string[] => [
    ...standing.grants.map((grant) => `  ${name} by ${textOfWords(grant)}`),
    ...standing.denials.map((denial) => `  ${name} except ${textOfWords(denial)}`),
  ];
  const head = `${kind.padEnd(7)} ${action} of ${listed(jobs)} by ${listed(callers)}`;
  return `${[head, ...side('was', before), ...side('is ', after)].join('\n')}\n`;
}

function listed(names: readonly string[]): string {
  const shown = 10;
  const rest = names.length - shown;
  return rest > 0 ? `${names.slice(0, shown).join(', ')} and ${rest} more` : names.join(', ');
}
