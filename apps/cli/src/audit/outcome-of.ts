import { MaintenanceRefused } from '#audit';
import { ConfigurationError, describeMistakes } from '#config';
import { CodedError } from '#kernel';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/** What a command on the log ends with; an error that has a code is told. */
export async function outcomeOf(work: Promise<void>, terminal: Terminal): Promise<ExitCode> {
  try {
    await work;
    return exitCode.ok;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const mistakes = error instanceof ConfigurationError ? describeMistakes(error.mistakes) : [];
    terminal.error([error.message, ...mistakes, ''].join('\n'));
    return error instanceof MaintenanceRefused ? exitCode.problems : exitCode.notRun;
  }
}
