import type { Checkpoint } from '../note/checkpoint.ts';
import type { Report } from '../report/report.ts';
import { same } from '../tree/hash.ts';
import type { DerivedTree } from './derived-tree.ts';

/** Compares the log with checkpoints that somebody kept: `rollback` when it was larger, `fork` when it was another. */
export function checkSeen(seen: readonly Checkpoint[], derived: DerivedTree, report: Report): void {
  for (const { size, root } of seen) {
    if (size > derived.size) {
      report.problem(
        'rollback',
        `The log has ${derived.size} entries, but had ${size} when an older checkpoint was made`,
      );
    } else if (!same(derived.rootAt(size), root)) {
      report.problem('fork', `The first ${size} entries are not those of an older checkpoint`);
    }
  }
}
