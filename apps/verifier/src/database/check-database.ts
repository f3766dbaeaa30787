import { checkLog } from '../log/check-log.ts';
import { type Checkpoint, openCheckpoint } from '../note/checkpoint.ts';
import type { Trust } from '../note/trust.ts';
import { Progress } from '../report/progress.ts';
import type { Report } from '../report/report.ts';
import { Unreadable } from '../report/unreadable.ts';
import { same } from '../tree/hash.ts';
import { tileWidth } from '../tree/tiles.ts';
import { type HeadRow, LogDatabase } from './log-database.ts';
import { readEdge } from './right-edge.ts';
import type { RowSource } from './row-source.ts';
import { scanDatabase } from './scan-database.ts';

/** A forged size must not keep the verifier busy for ever: with more missing at the end nothing else is looked at. */
const mostMissing = 10_000_000;

/**
 * Verifies the log in a database: its head, all entries with their columns and personal fields, all tiles. With the text
 * of the disclosure key sealed fields are opened and checked too.
 */
export async function checkDatabase(
  rows: RowSource,
  trust: Trust | undefined,
  seen: readonly Checkpoint[],
  report: Report,
  disclosureKey?: string,
): Promise<void> {
  const database = new LogDatabase(rows);
  const head = pick(await database.heads(), trust);
  const checkpoint = openHead(head, trust, report);
  if (checkpoint === undefined) return;
  const edge = readEdge(head.edge);
  if (edge === undefined) report.problem('edge', 'The right edge cannot be read');
  const tiles = await database.upperTiles(head.logId);
  const strays = () => checkStrays(database, head.logId, checkpoint.size, report);
  const lastIndex = await database.lastIndex(head.logId);
  if (checkpoint.size - lastIndex > mostMissing) {
    await strays();
    report.problem('truncated', 'The last entries are missing', lastIndex + 1, checkpoint.size - 1);
    return;
  }
  const tree = { edge: edge ?? [], tile: (level: number, at: number) => tiles.get(`${level}/${at}`) };
  const { size, origin } = checkpoint;
  const endBlock = Math.ceil(size / tileWidth);
  const progress = new Progress(size);
  const log = { logId: head.logId, lastHashes: edge?.[0] };
  const scan = (keep: ReadonlySet<number>) =>
    scanDatabase(rows, log, disclosureKey, { origin, size, firstBlock: 0, endBlock, keep }, progress, strays);
  await checkLog({ checkpoint, tree, seen, scan }, report);
  progress.end();
}

function pick(heads: readonly HeadRow[], trust: Trust | undefined): HeadRow {
  const trusted = heads.find(({ origin }) => origin === trust?.origin);
  const [only, second] = heads;
  const head = trusted ?? (second === undefined ? only : undefined);
  if (head === undefined) throw new Unreadable('The database holds no log of this origin');
  return head;
}

function openHead(head: HeadRow, trust: Trust | undefined, report: Report): Checkpoint | undefined {
  if (head.checkpoint === undefined) {
    report.problem('checkpoint-missing', 'The log has no checkpoint');
    return undefined;
  }
  const checkpoint = openCheckpoint(head.checkpoint, trust, report);
  if (checkpoint === undefined) return undefined;
  if (head.origin !== checkpoint.origin) report.problem('origin', 'The head names another log than its checkpoint');
  if (head.size !== checkpoint.size) {
    report.problem('size', `The head says ${head.size} entries, its checkpoint ${checkpoint.size}`);
  }
  if (!same(head.root, checkpoint.root)) report.problem('root', 'The head has another root than its checkpoint');
  return checkpoint;
}

async function checkStrays(database: LogDatabase, logId: number, size: number, report: Report): Promise<void> {
  const { entries, tiles, repeated } = await database.strayRows(logId, size);
  for (const index of entries)
    report.problem('unsigned-entry', 'The entry is outside what the checkpoint signs', index);
  for (const [level, at] of tiles) report.problem('tile-surplus', `Tile ${level}/${at} cannot be full yet`);
  for (const index of repeated) report.problem('duplicate-event', 'The event stands at a smaller index too', index);
}
