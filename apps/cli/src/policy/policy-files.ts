import { readFileSync } from 'node:fs';
import { describeProblem, type PolicyDocument, type PolicyProblem, readPolicy } from '#policy';

/** A command cannot run with what it was given. The message, one line or more, is for standard error. */
export class NotRun extends Error {}

export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new NotRun(`${file}: cannot be read${codeOf(error)}`);
  }
}

/** The policy of a file; throws {@link NotRun} with every problem, by line. */
export function readDocument(file: string): PolicyDocument {
  const reading = readPolicy(readBytes(file), file);
  if (reading.ok) return reading.document;
  throw notRunFor(reading.problems);
}

export function notRunFor(problems: readonly PolicyProblem[]): NotRun {
  return new NotRun(problems.map(describeProblem).join('\n'));
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? ` (${error.code})`
    : '';
}
