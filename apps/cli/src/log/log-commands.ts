import { type Variables } from '#config';
import { CodedError, SystemClock } from '#kernel';
import type { Command } from 'commander';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { type LogSetup, readLogSetup } from './log-setup.ts';
import { succeed, type Succession } from './succeed.ts';
import { writeTrust } from './write-trust.ts';

/** Adds `interlock log ...`, the commands for the broker's own log, which read the broker's environment. */
export function addLogCommands(
  program: Command,
  variables: () => Variables,
  terminal: Terminal,
  ended: (code: ExitCode) => void,
): void {
  const run = async (work: (setup: LogSetup) => Promise<void>): Promise<void> => {
    try {
      await work(readLogSetup(variables()));
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      terminal.error(`${error.message}\n`);
      ended(exitCode.notRun);
    }
  };
  const log = program.command('log').description("work with the broker's audit log");
  log
    .command('trust')
    .description('write the trust file of the log: all its keys, with the sizes that each signed')
    .option('--output <file>', 'where to write it; default standard output')
    .action(({ output }: { readonly output?: string }) => run((setup) => writeTrust(setup, output, terminal)));
  log
    .command('succeed')
    .description('begin a new log in place of one that cannot go on, citing its last good checkpoint')
    .requiredOption('--origin <origin>', 'name of the new log, such as broker.example/audit/contoso/2')
    .option('--checkpoint <file>', 'a checkpoint of the old log that was kept elsewhere')
    .option('--vkey <key>', 'public key of the old log, when its private key is lost')
    .action((asked: Succession) => run((setup) => succeed(setup, asked, new SystemClock(), terminal)));
}
