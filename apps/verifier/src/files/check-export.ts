import { open } from 'node:fs/promises';
import { Unreadable } from '../report/unreadable.ts';
import type { Trust } from '../note/trust.ts';
import type { Report } from '../report/report.ts';
import { GrowingRoot } from '../tree/growing-root.ts';
import { same } from '../tree/hash.ts';
import { checkFooter } from './check-footer.ts';
import { checkLines } from './check-lines.ts';

/** Bytes of a part of the file: some dozens of lines. */
const highWaterMark = 262_144;

/**
 * Verifies an export on its own: its lines, their count and the signed end. That its entries are in the log follows only
 * when it has all of them; for others there are proofs, as in an evidence bundle.
 */
export async function checkExport(path: string, trust: Trust | undefined, report: Report): Promise<void> {
  const tree = new GrowingRoot();
  let count = 0;
  const file = await open(path).catch((cause: unknown) => {
    throw new Unreadable(`The file ${path} cannot be read`, { cause });
  });
  const footer = await checkLines(
    file.createReadStream({ highWaterMark }) as AsyncIterable<Uint8Array>,
    ({ index, hash }) => {
      if (index === tree.size) tree.add(hash);
      count += 1;
    },
    report,
  );
  report.fact('entries in the export', count);
  if (footer === undefined) {
    report.problem('footer-missing', 'The export does not end with a signed count: it may be cut off');
    return;
  }
  const checkpoint = checkFooter(footer, count, trust, report);
  if (checkpoint === undefined) return;
  report.fact('origin', checkpoint.origin);
  report.fact('size', checkpoint.size);
  if (count !== checkpoint.size || tree.size !== count) {
    report.lacks('the export has a part of the log only: whether its entries are in the log takes proofs (see bundle)');
  } else if (!same(tree.root(), checkpoint.root)) {
    report.problem('root', 'The entries of the export do not lead to the root of its checkpoint');
  }
}
