import { type Checkpoint, openCheckpoint } from '../note/checkpoint.ts';
import { checkSignatures } from '../note/check-signatures.ts';
import { parseNote } from '../note/note.ts';
import type { Trust } from '../note/trust.ts';
import type { Report } from '../report/report.ts';
import { sha256 } from '../tree/hash.ts';
import type { FooterLine } from './entry-line.ts';

/** What the log's key signs of an export, so that a row that was left out shows. */
export function exportStatement({ count, query, checkpoint }: Omit<FooterLine, 'signature'>): string {
  const digest = sha256(checkpoint).toString('base64');
  return `interlock/export@v1\ncount ${count}\nquery ${JSON.stringify(query)}\ncheckpoint ${digest}\n`;
}

/** Checks the end of an export of `count` entries; the checkpoint, when it can be read. */
export function checkFooter(
  footer: FooterLine,
  count: number,
  trust: Trust | undefined,
  report: Report,
): Checkpoint | undefined {
  const checkpoint = openCheckpoint(footer.checkpoint, trust, report);
  if (footer.count !== count) {
    report.problem('count', `The export ends with a count of ${footer.count}, but has ${count} entries`);
  }
  const note = parseNote(footer.signature);
  if (note?.text !== exportStatement(footer)) {
    report.problem(
      'footer',
      'The signed statement at the end of the export is not about this count, query and checkpoint',
    );
  } else if (trust !== undefined) {
    checkSignatures(note, checkpoint?.size ?? 0, trust, 'end of the export', report);
  }
  return checkpoint;
}
