// Runs in a worker thread: scans a part of a SQLite log, tells how far it is, then hands over what it found.
import { parentPort, workerData } from 'node:worker_threads';
import { type BlockRange, scanRange } from '../log/scan-range.ts';
import { SqliteDatabase } from './sqlite-database.ts';

/** What the thread is given. */
export interface ScanTask {
  readonly path: string;
  readonly logId: number;
  readonly lastHashes: Uint8Array | undefined;
  /** Text of the disclosure key, when it is at hand. */
  readonly disclosureKey: string | undefined;
  readonly range: BlockRange;
}

const { path, logId, lastHashes, disclosureKey, range } = workerData as ScanTask;
const database = new SqliteDatabase(path);
const keys = disclosureKey === undefined ? undefined : await database.disclosureKeys(disclosureKey);
const findings = await scanRange(range, database.blocks(logId, lastHashes, keys), (entries) => {
  parentPort?.postMessage({ entries });
});
parentPort?.postMessage({ findings });
await database.close();
