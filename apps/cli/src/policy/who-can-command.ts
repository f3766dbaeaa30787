import type { Action } from '#kernel';
import { jobNamed, whoCan } from '#policy';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { readDocument } from './policy-files.ts';
import { textOfWords } from './rule-words-text.ts';

/** Tells who can do something to a job, by which rules, and when it is denied all the same. */
export function whoCanCommand(
  file: string,
  action: Action,
  job: string,
  { json }: { readonly json: boolean },
  terminal: Terminal,
): ExitCode {
  const document = readDocument(file);
  const able = whoCan(document, action, jobNamed(document.policy.catalog, job));
  if (json) {
    terminal.out(`${JSON.stringify({ sha256: document.policy.sha256, action, job, callers: able }, null, 2)}\n`);
    return exitCode.ok;
  }
  for (const { caller, kind, grants, except } of able) {
    terminal.out(`${caller} (${kind})\n`);
    for (const grant of grants) terminal.out(`  by ${textOfWords(grant)}\n`);
    for (const denial of except) terminal.out(`  except ${textOfWords(denial)}\n`);
  }
  if (able.length === 0) terminal.out(`nobody can ${action} ${job}\n`);
  return exitCode.ok;
}
