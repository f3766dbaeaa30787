import { processVariables } from '#config';
import { SystemClock } from '#kernel';
import { Command, CommanderError } from 'commander';
import { addAlarmCommands } from './alarms/alarm-commands.ts';
import { addAuditCommands } from './audit/audit-commands.ts';
import { addBulkCommands } from './bulk/bulk-commands.ts';
import { doctor } from './doctor/doctor.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { addLogCommands } from './log/log-commands.ts';
import { addPolicyCommands } from './policy/policy-commands.ts';
import { addStoreCommands } from './store/store-commands.ts';
import type { Terminal } from './terminal.ts';

const exitCodes = `
Exit codes: ${exitCode.ok} ok, ${exitCode.problems} problems found, ${exitCode.notRun} could not run (usage, unreadable file)
`;

/** Runs `interlock` with the arguments after its name. Does not end the process. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
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
  const clock = new SystemClock();
  const end = (ended: ExitCode): void => {
    code = ended;
  };
  addPolicyCommands(program.command('policy').description('work with a policy file'), { terminal, clock, end });
  program
    .command('doctor')
    .description('look at everything that Interlock stands on, and tell how to mend what is wrong')
    .option('--json', 'print one JSON object', false)
    .option('--records <folder>', 'where the questions to Graph are recorded', './data/doctor')
    .addHelpText('after', '\nExit codes: 0 all well, 1 warnings, 2 failures\n')
    .action(async ({ json, records }: { readonly json: boolean; readonly records: string }) => {
      const examination = { variables: processVariables(), recordsFolder: records, clock };
      code = await doctor(examination, { json }, terminal);
    });
  addBulkCommands(program, { terminal, clock, variables: processVariables, end });
  addAuditCommands(program, { variables: processVariables(), clock }, terminal, end);
  addAlarmCommands(program, { variables: processVariables(), clock }, terminal, end);
  addLogCommands(program, processVariables, terminal, end);
  addStoreCommands(program, processVariables, terminal, end);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCode.ok : exitCode.notRun;
  }
  return code;
}
