import { toTimestamp } from '#kernel';
import type { Command } from 'commander';
import { type Surroundings, workOnLog } from '../audit/log-work.ts';
import { outcomeOf } from '../audit/outcome-of.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `interlock alarms …`: what became of alarms that could not be delivered. */
export function addAlarmCommands(
  program: Command,
  surroundings: Surroundings,
  terminal: Terminal,
  ended: (code: ExitCode) => void,
): void {
  const alarms = program
    .command('alarms')
    .description(
      "alarms that were given up, of the log that the broker's settings name; on SQLite stop the broker first",
    );
  alarms
    .command('parked')
    .description('list them: destination, index of the entry, alarm, since when, why')
    .action(async () => {
      ended(await outcomeOf(listParked(surroundings, terminal), terminal));
    });
  alarms
    .command('retry')
    .description('have them tried again, and what waits for its next attempt too')
    .argument('[destination]', 'those of one destination')
    .action(async (destination?: string) => {
      ended(await outcomeOf(retryParked(surroundings, destination, terminal), terminal));
    });
}

async function listParked(surroundings: Surroundings, terminal: Terminal): Promise<void> {
  await workOnLog(surroundings, async ({ alarms }) => {
    for (const { destination, index, name, parkedAt, reason } of await alarms.parked()) {
      terminal.out(`${destination} ${index} ${name} ${toTimestamp(parkedAt)} ${reason}\n`);
    }
  });
}

async function retryParked(
  surroundings: Surroundings,
  destination: string | undefined,
  terminal: Terminal,
): Promise<void> {
  await workOnLog(surroundings, async ({ log, alarms }) => {
    const all = await alarms.parked();
    const { length: count } = all.filter((alarm) => destination === undefined || alarm.destination === destination);
    await log.record({ type: 'alarm.retried', destination: destination ?? '*', count });
    terminal.out(`${await alarms.tryAgain(destination)} parked alarms will be tried again\n`);
  });
}
