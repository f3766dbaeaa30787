import { createHash } from 'node:crypto';
import type { Policy } from '../policy.ts';
import { compilePolicy } from './compile-policy.ts';
import { checkReferences } from './cross-references.ts';
import type { PolicyDocument } from './policy-document.ts';
import { formatPath, type Mistake, type PolicyProblem, printable } from './policy-problem.ts';
import { readShape } from './policy-shape.ts';
import type { YamlMistake } from './yaml-reader.ts';
import { YamlSource } from './yaml-source.ts';

/** Largest policy file, in bytes. */
export const maxPolicyBytes = 1024 * 1024;

/** Beyond this many problems they are counted, not told. */
const maxProblems = 1_000;

/** A policy, or everything that is wrong with its file in the order of the file. */
export type PolicyReading =
  | { readonly ok: true; readonly policy: Policy; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/**
 * Reads a policy file: YAML 1.2 in UTF-8, format version 1 (docs/policy.md). Does not throw for any bytes. `fileName`
 * only names the file in problems.
 */
export function readPolicy(bytes: Uint8Array, fileName: string): PolicyReading {
  const whole = { file: fileName, line: 1, column: 1, path: '' };
  if (bytes.byteLength > maxPolicyBytes) {
    return { ok: false, problems: [{ ...whole, code: 'too_large', message: 'is larger than 1 MiB' }] };
  }
  const text = decode(bytes);
  if (text === undefined) return { ok: false, problems: [{ ...whole, code: 'not_utf8', message: 'is not UTF-8' }] };
  const source = new YamlSource(text);
  if (source.broken) return { ok: false, problems: problemsOf(source, source.mistakes, [], fileName) };
  const shape = readShape(source.value);
  const mistakes = [...('mistakes' in shape ? shape.mistakes : []), ...checkReferences(source.value)];
  if ('file' in shape && mistakes.length === 0 && source.mistakes.length === 0) {
    const { file } = shape;
    const policy = compilePolicy(file, createHash('sha256').update(bytes).digest('hex'));
    const locate: PolicyDocument['locate'] = (path, at) => source.position(source.offsetOf(path, at));
    return { ok: true, policy, document: { policy, file, locate } };
  }
  return { ok: false, problems: problemsOf(source, source.mistakes, mistakes, fileName) };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function problemsOf(
  source: YamlSource,
  placed: readonly YamlMistake[],
  mistakes: readonly Mistake[],
  file: string,
): readonly PolicyProblem[] {
  const shown = mistakes.slice(0, maxProblems).map((mistake) => ({
    ...mistake,
    offset: source.offsetOf(mistake.path, mistake.at),
  }));
  const all = [...placed.slice(0, maxProblems), ...shown].toSorted((a, b) => a.offset - b.offset).slice(0, maxProblems);
  const problems = all.map(({ offset, path, code, message }): PolicyProblem => {
    return { file, ...source.position(offset), path: printable(formatPath(path)), code, message: printable(message) };
  });
  const untold = placed.length + mistakes.length - problems.length;
  if (untold === 0) return problems;
  const last = problems.at(-1) ?? { line: 1, column: 1 };
  const { line, column } = last;
  return [
    ...problems,
    { file, line, column, path: '', code: 'too_many_problems', message: `and ${untold} more problems` },
  ];
}
