import { InvalidInput } from '#kernel';
import type { Policy } from '../policy.ts';
import { explain } from './question.ts';
import type { PolicyCase } from './read-cases.ts';

/** What came of a case. A failed one says in which ways, in plain words. */
export interface CaseResult {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Empty: passed. */
  readonly failures: readonly string[];
}

/** Asks a policy all cases. */
export function runCases(policy: Policy, cases: readonly PolicyCase[]): readonly CaseResult[] {
  return cases.map((one) => {
    const { name, file, line } = one;
    return { name, file, line, failures: failuresOf(policy, one) };
  });
}

function failuresOf(policy: Policy, { question, expected }: PolicyCase): readonly string[] {
  try {
    const decision = explain(policy, question);
    const code = decision.effect === 'deny' ? decision.code : undefined;
    const because = code === undefined ? '' : ` (${[code, ...('unmet' in decision ? decision.unmet : [])].join('; ')})`;
    return [
      ...differing('expected', expected.expect, decision.effect, because),
      ...differing('expected rule', expected.rule, decision.rule),
      ...differing('expected code', expected.code, code),
    ];
  } catch (error) {
    if (error instanceof InvalidInput) return [error.message];
    throw error;
  }
}

function differing(what: string, wanted: string | undefined, got: string | undefined, because = ''): readonly string[] {
  return wanted === undefined || wanted === got ? [] : [`${what} ${wanted}, got ${got ?? 'none'}${because}`];
}
