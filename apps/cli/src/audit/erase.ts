import { type Erasure, Eraser, type Sanction, type SubjectName } from '#audit';
import type { Terminal } from '../terminal.ts';
import { type Surroundings, workOnLog } from './log-work.ts';

/** Erases the personal fields of a subject, or tells what would be erased. */
export async function erase(
  surroundings: Surroundings,
  subject: SubjectName | string,
  wanted: { readonly dryRun: true } | { readonly dryRun: false; readonly sanction: Sanction },
  terminal: Terminal,
): Promise<void> {
  await workOnLog(surroundings, async ({ log, search, maintenance }) => {
    const eraser = new Eraser(log, search, maintenance);
    if (wanted.dryRun) {
      terminal.out(`would erase ${described(await eraser.plan(subject))}\n`);
      return;
    }
    for (const erasure of await eraser.erase(subject, wanted.sanction)) terminal.out(`erased ${described(erasure)}\n`);
  });
}

function described({ subject, places: { count, runs, omitted } }: Erasure): string {
  const listed = runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
  const more = omitted === 0 ? '' : ` and ${omitted} more runs`;
  return `${count} personal fields of ${subject}${count === 0 ? '' : ` in the entries ${listed}${more}`}`;
}
