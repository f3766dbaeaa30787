import type { Report } from '../report/report.ts';
import { same } from '../tree/hash.ts';
import type { Note } from './note.ts';
import type { Trust } from './trust.ts';

/**
 * Checks a note's signatures, for a statement about a log of `size` entries: `signature` for each line of a trusted key
 * that is not by it, `unknown-key` when there is no line of a trusted key, `key-window` when the only good ones are by
 * keys that may not sign this size. Lines of other keys say nothing, good or bad. `what` names the note in the report.
 */
export function checkSignatures({ text, lines }: Note, size: number, trust: Trust, what: string, report: Report): void {
  const known = lines.flatMap((line) =>
    trust.keys
      .filter(({ name, id }) => name === line.name && same(id, line.id))
      .map((key) => ({ covers: key.coversSize(size), good: key.signed(text, line.signature) })),
  );
  if (known.length === 0) report.problem('unknown-key', `No trusted key signed the ${what}`);
  if (known.some(({ good }) => !good)) {
    report.problem('signature', `A signature under a trusted key's name on the ${what} is not by that key`);
  }
  const good = known.filter((line) => line.good);
  if (good.length > 0 && !good.some(({ covers }) => covers)) {
    report.problem('key-window', `The ${what} is signed by a key that was not to sign a log of ${size} entries`);
  }
}
