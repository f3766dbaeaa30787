import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FindingsData } from '../log/block-findings.ts';
import type { BlockRange } from '../log/scan-range.ts';
import type { Progress } from '../report/progress.ts';
import { Unreadable } from '../report/unreadable.ts';
import type { RowAddress } from './row-source.ts';
import type { ScanTask } from './scan-worker.ts';

/** A thread costs more than it saves on fewer blocks than these. */
const fewestBlocks = 64;

/** A log in a database: the stored leaf hashes of its last block, which has no tile, stand in the head. */
export interface StoredLog {
  readonly address: RowAddress;
  readonly logId: number;
  readonly lastHashes: Uint8Array | undefined;
}

/** Scans a log with one thread per processor, each on its own part. */
export async function scanDatabase(
  log: StoredLog,
  range: BlockRange,
  progress: Progress,
  threads = availableParallelism(),
): Promise<readonly FindingsData[]> {
  const scans = partsOf(range, threads).map((part) => startThread({ ...log, range: part }, progress));
  try {
    return await Promise.all(scans.map(({ findings }) => findings));
  } finally {
    // When one failed the others would keep the process busy for nothing.
    for (const { worker } of scans) void worker.terminate();
  }
}

/** Cuts a range into as many parts as are worth a thread. */
export function partsOf(range: BlockRange, threads: number): BlockRange[] {
  const { firstBlock, endBlock } = range;
  const blocks = endBlock - firstBlock;
  const count = Math.max(1, Math.min(threads, Math.floor(blocks / fewestBlocks)));
  const cut = (part: number) => firstBlock + Math.floor((blocks * part) / count);
  return Array.from({ length: count }, (_, part) => ({ ...range, firstBlock: cut(part), endBlock: cut(part + 1) }));
}

function startThread(task: ScanTask, progress: Progress): { worker: Worker; findings: Promise<FindingsData> } {
  const file = new URL(`./scan-worker${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(file, { workerData: task });
  const findings = new Promise<FindingsData>((resolve, reject) => {
    worker.on('message', (message: { readonly entries: number } | { readonly findings: FindingsData }) => {
      if ('entries' in message) progress.advance(message.entries);
      else resolve(message.findings);
    });
    const failed = (cause: unknown) => {
      reject(new Unreadable('The database could not be read to its end', { cause }));
    };
    worker.on('error', failed);
    worker.on('exit', failed);
  });
  return { worker, findings };
}
