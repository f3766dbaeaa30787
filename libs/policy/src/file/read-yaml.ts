import { formatPath, type Mistake, type Path, type PolicyProblem, printable } from './policy-problem.ts';
import { type Position, YamlSource } from './yaml-source.ts';
import type { YamlMistake } from './yaml-reader.ts';

/** Largest policy file, in bytes. */
export const maxPolicyBytes = 1024 * 1024;

/** Beyond this many problems they are counted, not told. */
const maxProblems = 1_000;

/** A file's content and where its parts stand, or everything that is wrong with it in the order of the file. */
export type YamlReading<File> =
  | {
      readonly ok: true;
      readonly file: File;
      readonly written: unknown;
      readonly locate: (path: Path, at: 'key' | 'value') => Position;
    }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** How the values of a file become its content. */
export interface FileReading<File> {
  shape(value: unknown): { readonly file: File } | { readonly mistakes: readonly Mistake[] };
  references(value: unknown): readonly Mistake[];
}

/** Reads YAML 1.2 in UTF-8. Does not throw for any bytes. `fileName` only names the file in problems. */
export function readYaml<File>(bytes: Uint8Array, fileName: string, reading: FileReading<File>): YamlReading<File> {
  const whole = { file: fileName, line: 1, column: 1, path: '' };
  if (bytes.byteLength > maxPolicyBytes) {
    return { ok: false, problems: [{ ...whole, code: 'too_large', message: 'is larger than 1 MiB' }] };
  }
  const text = decode(bytes);
  if (text === undefined) return { ok: false, problems: [{ ...whole, code: 'not_utf8', message: 'is not UTF-8' }] };
  const source = new YamlSource(text);
  if (source.broken) return { ok: false, problems: problemsOf(source, source.mistakes, [], fileName) };
  const shape = reading.shape(source.value);
  const mistakes = [...('mistakes' in shape ? shape.mistakes : []), ...reading.references(source.value)];
  if ('file' in shape && mistakes.length === 0 && source.mistakes.length === 0) {
    const { value: written } = source;
    return { ok: true, file: shape.file, written, locate: (path, at) => source.position(source.offsetOf(path, at)) };
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
