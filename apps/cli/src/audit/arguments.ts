import type { SubjectName } from '#audit';
import { InvalidArgumentError } from 'commander';

/**
 * Whom a command is about: the pseudonym that the log shows, or `<tenant>/<object id>`; of those whom nobody knows
 * `strangers/<day>`, and of what operators wrote `operators/<day>`.
 */
export function subjectArgument(text: string): SubjectName | string {
  if (/^[\w-]{22}$/.test(text)) return text;
  const [realm, name, ...rest] = text.split('/');
  if (realm === undefined || realm === '' || name === undefined || name === '' || rest.length > 0) {
    throw new InvalidArgumentError('Give a pseudonym as the log shows it, or <tenant>/<object id>.');
  }
  return { realm: realm.toLowerCase(), name: name.toLowerCase() };
}

/** An index of the log. */
export function indexArgument(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Give the index of an entry.');
  return Number(text);
}

/** A run of entries, such as `0-255`. */
export function runArgument(text: string): { readonly from: number; readonly to: number } {
  const [from = '', to = from, ...rest] = text.split('-');
  if (rest.length > 0) throw new InvalidArgumentError('Give the first and last index, such as 0-255.');
  return { from: indexArgument(from), to: indexArgument(to) };
}
