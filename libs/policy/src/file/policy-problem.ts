/** Stable reason of a problem. */
export type PolicyProblemCode =
  | 'too_large'
  | 'not_utf8'
  | 'yaml_syntax'
  | 'yaml_feature'
  | 'duplicate_key'
  | 'unknown_key'
  | 'missing_key'
  | 'invalid_value'
  | 'unknown_reference'
  | 'duplicate_job'
  | 'duplicate_rule'
  | 'too_many_problems';

/** Keys and list positions from the top of the file to a value. */
export type Path = readonly (string | number)[];

/** What is wrong with a policy file, and where. */
export interface PolicyProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Such as `rules[2].require.ticket.pattern`; empty for the file as a whole. */
  readonly path: string;
  readonly code: PolicyProblemCode;
  readonly message: string;
}

/** A problem whose place is not known yet, but for the path. */
export interface Mistake {
  readonly path: Path;
  readonly code: PolicyProblemCode;
  readonly message: string;
  /** What it is about: the value at the path, or the key that leads to it. */
  readonly at: 'key' | 'value';
}

/** One line for people, such as `policy.yaml:12:9 rules[2].id: is used twice`. */
export function describeProblem({ file, line, column, path, message }: PolicyProblem): string {
  return `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`;
}

/** The path as people read it. */
export function formatPath(path: Path): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\w-]+$/.test(step) ? `.${step}` : `[${quote(step)}]`;
  });
  return steps.join('').replace(/^\./, '');
}

/** Without control characters, line separators and marks of direction: they could forge or hide what a terminal shows. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd');
}

/** Text of the file within a message: not too long, and clear where it ends. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}
