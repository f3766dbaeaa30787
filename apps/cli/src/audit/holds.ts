import { type HoldTarget, LegalHolds, MaintenanceRefused, type Sanction, type SubjectName } from '#audit';
import type { EventId } from '#kernel';
import type { Terminal } from '../terminal.ts';
import { type Surroundings, workOnLog } from './log-work.ts';

/** What a hold is to be placed on, as operators name it. */
export type HoldOn =
  { readonly subject: SubjectName | string } | { readonly entries: { readonly from: number; readonly to: number } };

/** Places a legal hold and tells its id. */
export async function placeHold(
  surroundings: Surroundings,
  on: HoldOn,
  sanction: Sanction,
  terminal: Terminal,
): Promise<void> {
  await workOnLog(surroundings, async ({ log, search, maintenance }) => {
    const refOf = (subject: SubjectName | string) =>
      typeof subject === 'string' ? Promise.resolve(subject) : maintenance.refOf(subject);
    const target = 'entries' in on ? ({ kind: 'entries', ...on.entries } as const) : holdOf(await refOf(on.subject));
    terminal.out(`${await new LegalHolds(log, search).place(target, sanction)}\n`);
  });
}

/** Ends a legal hold. */
export async function releaseHold(surroundings: Surroundings, id: string, sanction: Sanction): Promise<void> {
  await workOnLog(surroundings, ({ log, search }) => new LegalHolds(log, search).release(id as EventId, sanction));
}

/** Prints the legal holds that stand, one per line: id, since when, what. */
export async function listHolds(surroundings: Surroundings, terminal: Terminal): Promise<void> {
  await workOnLog(surroundings, async ({ log, search }) => {
    for (const { id, since, target } of await new LegalHolds(log, search).standing()) {
      const on = target.kind === 'subject' ? `subject ${target.subject}` : `entries ${target.from}-${target.to}`;
      terminal.out(`${id} ${since} ${on}\n`);
    }
  });
}

function holdOf(subject: string | undefined): HoldTarget {
  if (subject !== undefined) return { kind: 'subject', subject };
  throw new MaintenanceRefused('subject_unknown', 'Nobody is known by that name');
}
