import { Command, CommanderError } from 'commander';
import { exitCode, type ExitCode } from './exit-code.ts';
import { lintPolicy } from './policy-lint.ts';
import type { Terminal } from './terminal.ts';

const exitCodes = `
Exit codes: ${exitCode.ok} ok, ${exitCode.problems} problems found, ${exitCode.notRun} could not run (usage, unreadable file)
`;

/** Runs `interlock` with the arguments after its name. Does not end the process. */
export function run(args: readonly string[], terminal: Terminal): ExitCode {
  let code: ExitCode = exitCode.ok;
  const program = new Command('interlock')
    .description('Tools for operators and policy authors of Interlock')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.out(text);
      },
      writeErr: (text) => {
        terminal.error(text);
      },
    })
    .addHelpText('after', exitCodes);
  // Subcommands take over exit and output of the command that they are made by.
  const policy = program.command('policy').description('work with a policy file');
  policy
    .command('lint')
    .description('check a policy file and tell everything that is wrong with it')
    .argument('<file>', 'the policy file')
    .addHelpText('after', exitCodes)
    .action((file: string) => {
      code = lintPolicy(file, terminal);
    });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCode.ok : exitCode.notRun;
  }
  return code;
}
