import type { Variables } from '#config';
import { CodedError, SystemClock } from '#kernel';
import { openStore, postgresGrants } from '#store';
import type { Command } from 'commander';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { configurationOf } from '../log/log-setup.ts';
import type { Terminal } from '../terminal.ts';

interface Grantees {
  readonly serviceRole?: string;
  readonly maintenanceRole?: string;
}

/** SQL that gives each named role of PostgreSQL what its duty needs, and no more. */
function grantsFor({ serviceRole, maintenanceRole }: Grantees): string {
  const service = serviceRole === undefined ? '' : postgresGrants(serviceRole);
  return service + (maintenanceRole === undefined ? '' : postgresGrants(maintenanceRole, 'maintenance'));
}

/** Adds `interlock store ...`, the command for the schema of the broker's database. */
export function addStoreCommands(
  program: Command,
  variables: () => Variables,
  terminal: Terminal,
  ended: (code: ExitCode) => void,
): void {
  program
    .command('store')
    .description("work with the broker's database")
    .command('migrate')
    .description('bring the schema up to date, and print the grants that roles of PostgreSQL need from then on')
    .option('--service-role <role>', 'the role that the broker runs as: it may add to the log and read it')
    .option('--maintenance-role <role>', 'the role that erases and prunes')
    .addHelpText('after', '\nThe grants are SQL: hand them to psql as the owner of the tables.\n')
    .action(async (grantees: Grantees) => {
      try {
        const store = await openStore(configurationOf(variables()).secrets.databaseUrl, new SystemClock());
        await store.close();
        terminal.out(grantsFor(grantees));
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        terminal.error(`${error.message}\n`);
        ended(exitCode.notRun);
      }
    });
}
