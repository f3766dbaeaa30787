// Runs in a worker thread: scans a part of a SQLite log, tells how far it is, then hands over what it found.
import { parentPort, workerData } from 'node:worker_threads';
import { type BlockRange, scanRange } from '../log/scan-range.ts';
import { SqliteDatabase } from './sqlite-database.ts';

/** What the thread is given. */
export interface ScanTask {
  readonly path: string;
  readonly logId: number;
  readonly lastHashes: Uint8Array | undefined;
  readonly range: BlockRange;
}

const { path, logId, lastHashes, range } = workerData as ScanTask;
const database = new SqliteDatabase(path);
const findings = await scanRange(range, database.blocks(logId, lastHashes), (entries) => {
  parentPort?.postMessage({ entries });
});
parentPort?.postMessage({ findings });
await database.close();
