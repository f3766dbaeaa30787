import { readFileSync } from 'node:fs';
import { describeProblem, readPolicy } from '#policy';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** Checks a policy file as the service would at its start. Problems are one per line: `FILE:LINE:COLUMN PATH: TEXT`. */
export function lintPolicy(file: string, terminal: Terminal): ExitCode {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    terminal.error(`${file}: cannot be read${codeOf(error)}\n`);
    return exitCode.notRun;
  }
  const reading = readPolicy(bytes, file);
  if (reading.ok) {
    terminal.out(`${file}: ok, sha256 ${reading.policy.sha256}\n`);
    return exitCode.ok;
  }
  for (const problem of reading.problems) terminal.out(`${describeProblem(problem)}\n`);
  return exitCode.problems;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? ` (${error.code})`
    : '';
}
