// Runs in a thread: scans a part of the log in a database, tells how far it is, then hands over what it found.
import { parentPort, workerData } from 'node:worker_threads';
import { type BlockRange, scanRange } from '../log/scan-range.ts';
import { disclosureKeysOf } from './disclosure-keys-of.ts';
import { openRows } from './open-rows.ts';
import type { RowAddress } from './row-source.ts';
import { StoredBlocks, type StoredLog } from './stored-blocks.ts';

/** What the thread is given. */
export interface ScanTask {
  readonly address: RowAddress;
  readonly log: StoredLog;
  /** Text of the disclosure key, when it is at hand. */
  readonly disclosureKey: string | undefined;
  readonly range: BlockRange;
}

/** Fewer would cost more than they tell. */
const entriesPerMessage = 4_096;

const { address, log, disclosureKey, range } = workerData as ScanTask;
const rows = await openRows(address);
const keys = await disclosureKeysOf(rows, disclosureKey);
let untold = 0;
const findings = await scanRange(range, new StoredBlocks(rows, log, keys), (entries) => {
  untold += entries;
  if (untold < entriesPerMessage) return;
  parentPort?.postMessage({ entries: untold });
  untold = 0;
});
parentPort?.postMessage({ findings });
await rows.close();
