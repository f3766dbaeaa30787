import { CommanderError } from 'commander';
import { exitCode } from '../../apps/verifier/src/cli/exit-code.ts';
import { program } from '../../apps/verifier/src/cli/program.ts';
import { Report, type Result } from '../../apps/verifier/src/report/report.ts';
import { Unreadable } from '../../apps/verifier/src/report/unreadable.ts';
import type { Verification } from './verifier-process.ts';

/** What the program of `interlock-verify` said, run in this process. */
export type ProgramVerification = Pick<Verification, 'exitCode' | 'problems'> & Partial<Result>;

/** Runs the verifier's program without a process of its own, whose start takes longer than most checks. */
export async function verifyHere(...args: readonly string[]): Promise<ProgramVerification> {
  let result: Result | undefined;
  const command = program(async (_options, trust, check) => {
    const report = new Report();
    await check(trust, report);
    result = report.result();
  });
  const silent = { writeOut: () => undefined, writeErr: () => undefined };
  for (const each of [command, ...command.commands]) each.exitOverride().configureOutput(silent);
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError || error instanceof Unreadable)) throw error;
  }
  if (result === undefined) return { exitCode: exitCode.unreadable, problems: [] };
  return { ...result, exitCode: exitCode[result.verdict] };
}
