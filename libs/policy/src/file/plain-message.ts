import type { z } from 'zod';

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/** What is said of a key that has to be there. */
export const missing = 'is missing';

const kinds: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  string: 'text (put it in quotes)',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** Zod's findings in the words of a policy author; undefined leaves zod's own. */
export function plainMessage(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return given(issue.input, kinds[issue.expected] ?? issue.expected);
  if (issue.code === 'invalid_value') return given(issue.input, oneOf(issue.values));
  if (issue.code === 'invalid_union' && Array.isArray(issue['options'])) return `must be ${oneOf(issue['options'])}`;
  if (issue.code === 'too_small') return limit(issue.origin, 'at least', issue.minimum);
  if (issue.code === 'too_big') return limit(issue.origin, 'at most', issue.maximum);
  return undefined;
}

function given(input: unknown, expected: string): string {
  return input === undefined ? missing : `must be ${expected}`;
}

function limit(origin: string, bound: string, count: number | bigint): string {
  if (origin === 'string') return `must have ${bound} ${String(count)} characters`;
  if (origin !== 'array') return `must be ${bound} ${String(count)}`;
  return bound === 'at least' && count === 1 ? 'must not be empty' : `must have ${bound} ${String(count)} items`;
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String);
  return names.length > 2 ? `one of ${names.join(', ')}` : names.join(' or ');
}
