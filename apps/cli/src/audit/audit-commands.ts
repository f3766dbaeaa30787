import type { Sanction, SubjectName } from '#audit';
import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { indexArgument, runArgument, subjectArgument } from './arguments.ts';
import { erase } from './erase.ts';
import { type HoldOn, listHolds, placeHold, releaseHold } from './holds.ts';
import type { Surroundings } from './log-work.ts';
import { outcomeOf } from './outcome-of.ts';
import { prune, type PruneOptions } from './prune.ts';
import { rewrap } from './rewrap.ts';

interface HoldOptions extends Sanction {
  readonly subject?: SubjectName | string;
  readonly entries?: { readonly from: number; readonly to: number };
}

/** Adds `interlock audit …`: what operators do to the log itself. `ended` hears what a command ends with. */
export function addAuditCommands(
  program: Command,
  surroundings: Surroundings,
  terminal: Terminal,
  ended: (code: ExitCode) => void,
): void {
  const audit = program
    .command('audit')
    .description("privacy and retention of the log that the broker's settings name; on SQLite stop the broker first");
  const doing = async (work: Promise<void>): Promise<void> => {
    ended(await outcomeOf(work, terminal));
  };
  const sanctioned = (command: Command): Command =>
    command
      .requiredOption('--reason <text>', 'why, kept as a personal field of the record')
      .requiredOption('--approver <text>', 'who approved it, kept likewise');

  audit
    .command('erase')
    .description('destroy the key of a subject and delete its personal fields; the log still proves itself')
    .requiredOption('--subject <who>', 'pseudonym, or <tenant>/<object id>, or strangers/<day>', subjectArgument)
    .option('--reason <text>', 'why, kept as a personal field of the record')
    .option('--approver <text>', 'who approved it, kept likewise')
    .option('--dry-run', 'tell what would be erased', false)
    .action((options: Partial<Sanction> & { readonly subject: SubjectName | string; readonly dryRun: boolean }) => {
      const { subject, dryRun, reason, approver } = options;
      if (dryRun) return doing(erase(surroundings, subject, { dryRun }, terminal));
      if (reason === undefined || approver === undefined) return audit.error('error: give --reason and --approver');
      return doing(erase(surroundings, subject, { dryRun, sanction: { reason, approver } }, terminal));
    });
  audit
    .command('prune')
    .description('archive old entries and drop them; their hashes stay')
    .requiredOption('--below <index>', 'first entry to keep, a multiple of 256', indexArgument)
    .requiredOption('--policy <file>', 'the written retention policy')
    .requiredOption('--archive <folder>', 'where the entries go')
    .action((options: PruneOptions) => doing(prune(surroundings, options, terminal)));
  sanctioned(audit.command('rewrap'))
    .description('wrap the keys of all subjects by a new disclosure key')
    .requiredOption('--new-key-file <file>', '32 random bytes in base64')
    .action(({ newKeyFile, ...sanction }: Sanction & { readonly newKeyFile: string }) =>
      doing(rewrap(surroundings, newKeyFile, sanction, terminal)),
    );

  const hold = audit.command('hold').description('legal holds: what is held is neither erased nor pruned');
  sanctioned(hold.command('add'))
    .description('hold the personal fields of a subject, or a run of entries')
    .option('--subject <who>', 'as for erase', subjectArgument)
    .option('--entries <from-to>', 'first and last index', runArgument)
    .action(({ subject, entries, ...sanction }: HoldOptions) => {
      const on = holdOn(subject, entries);
      if (on === undefined) return hold.error('error: give either --subject or --entries');
      return doing(placeHold(surroundings, on, sanction, terminal));
    });
  sanctioned(hold.command('release'))
    .description('end a hold')
    .argument('<id>', 'as `hold list` shows it')
    .action((id: string, sanction: Sanction) => doing(releaseHold(surroundings, id, sanction)));
  hold
    .command('list')
    .description('the holds that stand')
    .action(() => doing(listHolds(surroundings, terminal)));
}

function holdOn(subject: HoldOptions['subject'], entries: HoldOptions['entries']): HoldOn | undefined {
  if (subject !== undefined) return entries === undefined ? { subject } : undefined;
  return entries && { entries };
}
