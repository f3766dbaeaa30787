import { CommanderError } from 'commander';
import { run } from '../../apps/cli/src/program.ts';
import { exitCode } from '../../apps/verifier/src/cli/exit-code.ts';
import { program } from '../../apps/verifier/src/cli/program.ts';
import { Report } from '../../apps/verifier/src/report/report.ts';
import { Unreadable } from '../../apps/verifier/src/report/unreadable.ts';
import type { Ended } from './command-line.ts';
import type { Verification } from './verifier-process.ts';

// For suites that run many commands: most of a command's time is the loading of its modules.

/** What `interlock` writes and ends with, run in this process. One at a time: the environment is the process's. */
export async function interlockHere(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const written = { out: '', error: '' };
  const before = process.env;
  process.env = { ...before, ...environment };
  try {
    const code = await run(args, {
      out: (text) => {
        written.out += text;
      },
      error: (text) => {
        written.error += text;
      },
    });
    return { code, ...written };
  } finally {
    process.env = before;
  }
}

/** What `interlock-verify --json` finds, run in this process. */
export async function verifyHere(...args: readonly string[]): Promise<Verification> {
  const report = new Report();
  let verdict: keyof typeof exitCode = 'unreadable';
  let stderr = '';
  const command = program(async (_, trust, check) => {
    await check(trust, report);
    ({ verdict } = report.result());
  });
  for (const one of [command, ...command.commands]) {
    one.exitOverride().configureOutput({ writeErr: (text) => (stderr += text) });
  }
  try {
    await command.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError || error instanceof Unreadable)) throw error;
    verdict = 'unreadable';
    stderr += error.message;
  }
  return { ...report.result(), exitCode: exitCode[verdict], stderr };
}
