// Runs in a thread: scans a part of the log in a database, tells how far it is, then hands over what it found.
import { parentPort, workerData } from 'node:worker_threads';
import { type BlockRange, scanRange } from '../log/scan-range.ts';
import { openRows } from './open-rows.ts';
import type { RowAddress } from './row-source.ts';
import { StoredBlocks } from './stored-blocks.ts';

/** What the thread is given. */
export interface ScanTask {
  readonly address: RowAddress;
  readonly logId: number;
  readonly lastHashes: Uint8Array | undefined;
  /** Text of the disclosure key, when it is at hand. */
  readonly disclosureKey: string | undefined;
  readonly range: BlockRange;
}

const { address, logId, lastHashes, range } = workerData as ScanTask;
const rows = await openRows(address);
const findings = await scanRange(range, new StoredBlocks(rows, logId, lastHashes), (entries) => {
  parentPort?.postMessage({ entries });
});
parentPort?.postMessage({ findings });
await rows.close();
