import { casesBeside, type PolicyCase, type PolicyDocument, readCases, runCases } from '#policy';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { notRunFor, NotRun, readBytes, readDocument } from './policy-files.ts';

/** Runs the cases of a policy file and of files beside it. None at all is a mistake, not a success. */
export function testCommand(
  file: string,
  caseFiles: readonly string[],
  { json }: { readonly json: boolean },
  terminal: Terminal,
): ExitCode {
  const document = readDocument(file);
  const cases = [...casesBeside(document, file), ...caseFiles.flatMap((path) => casesOf(path, document))];
  if (cases.length === 0) throw new NotRun(`${file}: has no cases under "tests", and no file of cases was given`);
  const results = runCases(document.policy, cases);
  const failed = results.filter(({ failures }) => failures.length > 0);
  if (json) {
    terminal.out(`${JSON.stringify({ sha256: document.policy.sha256, results }, null, 2)}\n`);
  } else {
    for (const one of failed)
      terminal.out(`${one.file}:${one.line} failed "${one.name}": ${one.failures.join('; ')}\n`);
    terminal.out(`${results.length - failed.length} passed, ${failed.length} failed\n`);
  }
  return failed.length === 0 ? exitCode.ok : exitCode.problems;
}

function casesOf(path: string, document: PolicyDocument): readonly PolicyCase[] {
  const reading = readCases(readBytes(path), path, document);
  if (!reading.ok) throw notRunFor(reading.problems);
  return reading.cases;
}
