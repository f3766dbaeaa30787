import type { EpochMillis } from '#kernel';
import type { CaseInFile } from '../file/case-schema.ts';
import { checkCaseReferences } from '../file/cross-references.ts';
import type { PolicyDocument } from '../file/policy-document.ts';
import type { PolicyProblem } from '../file/policy-problem.ts';
import { caseFileSchema, readShape } from '../file/policy-shape.ts';
import { readYaml } from '../file/read-yaml.ts';
import type { Question } from './question.ts';

/** A case that can be run, and where it stands. */
export interface PolicyCase {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly question: Question;
  readonly expected: Pick<CaseInFile, 'expect' | 'rule' | 'code'>;
}

/** Cases, or everything that is wrong with their file. */
export type CaseReading =
  | { readonly ok: true; readonly cases: readonly PolicyCase[] }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** The cases that stand in the policy file itself, under `tests`. */
export function casesBeside(document: PolicyDocument, fileName: string): readonly PolicyCase[] {
  return (document.file.tests ?? []).map((test, index) => {
    return caseOf(test, fileName, document.locate(['tests', index], 'value').line);
  });
}

/** Reads a file of cases for a policy. Does not throw for any bytes. */
export function readCases(bytes: Uint8Array, fileName: string, { file: policy }: PolicyDocument): CaseReading {
  const reading = readYaml(bytes, fileName, {
    shape: (value) => readShape(caseFileSchema, value),
    references: (value) => checkCaseReferences(value, policy),
  });
  if (!reading.ok) return reading;
  const { file, locate } = reading;
  const lineOf = (index: number): number => locate(['tests', index], 'value').line;
  return { ok: true, cases: file.tests.map((test, index) => caseOf(test, fileName, lineOf(index))) };
}

function caseOf(
  { name, caller, action, job, at, justification = {}, ...expected }: CaseInFile,
  file: string,
  line: number,
): PolicyCase {
  const { duration, until = duration && ((at + duration.millis) as EpochMillis), ...rest } = justification;
  const callers = typeof caller === 'string' ? [caller] : caller;
  const question = { callers, action, job, at, justification: { ...rest, ...(until !== undefined && { until }) } };
  return { name, file, line, question, expected };
}
