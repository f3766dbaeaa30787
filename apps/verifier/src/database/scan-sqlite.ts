import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FindingsData } from '../log/block-findings.ts';
import type { BlockRange } from '../log/scan-range.ts';
import type { Progress } from '../report/progress.ts';
import { Unreadable } from '../report/unreadable.ts';
import type { ScanDatabase } from './check-database.ts';
import type { ScanTask } from './scan-worker.ts';

/** A thread costs more than it saves on fewer blocks than these. */
const fewestBlocks = 64;

/** Scans a SQLite file with one thread per processor, each on its own part of the log. */
export function scanSqlite(
  path: string,
  disclosureKey: string | undefined,
  threads = availableParallelism(),
): ScanDatabase {
  return (logId, lastHashes, range, progress) => {
    const blocks = range.endBlock;
    const parts = Math.max(1, Math.min(threads, Math.floor(blocks / fewestBlocks)));
    const ranges = Array.from({ length: parts }, (_, part): BlockRange => ({
      ...range,
      firstBlock: Math.floor((blocks * part) / parts),
      endBlock: Math.floor((blocks * (part + 1)) / parts),
    }));
    return Promise.all(
      ranges.map((one) => scanInThread({ path, logId, lastHashes, disclosureKey, range: one }, progress)),
    );
  };
}

function scanInThread(task: ScanTask, progress: Progress): Promise<FindingsData> {
  return new Promise((resolve, reject) => {
    const file = new URL(`./scan-worker${extname(import.meta.filename)}`, import.meta.url);
    const worker = new Worker(file, { workerData: task });
    worker.on('message', (message: { readonly entries: number } | { readonly findings: FindingsData }) => {
      if ('entries' in message) progress.advance(message.entries);
      else resolve(message.findings);
    });
    worker.on('error', (cause) => {
      reject(new Unreadable('The database could not be read to its end', { cause }));
    });
  });
}
