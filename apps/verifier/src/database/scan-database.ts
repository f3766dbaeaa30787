import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FindingsData } from '../log/block-findings.ts';
import { type BlockRange, scanRange } from '../log/scan-range.ts';
import type { Progress } from '../report/progress.ts';
import { Unreadable } from '../report/unreadable.ts';
import { disclosureKeysOf } from './disclosure-keys-of.ts';
import type { RowSource } from './row-source.ts';
import type { ScanTask } from './scan-worker.ts';
import { StoredBlocks, type StoredLog } from './stored-blocks.ts';

/** A thread costs more than it saves on fewer blocks than these. */
const fewestBlocks = 64;

/**
 * Scans a log: a short one at once, a long one with one thread per processor, each on its own part. `disclosureKey` is
 * the text of the key that opens sealed fields; `meanwhile` is done while threads are at work.
 */
export async function scanDatabase(
  rows: RowSource,
  log: StoredLog,
  disclosureKey: string | undefined,
  range: BlockRange,
  progress: Progress,
  meanwhile: () => Promise<void>,
  threads = availableParallelism(),
): Promise<readonly FindingsData[]> {
  const advance = (entries: number) => {
    progress.advance(entries);
  };
  // Here and not in a thread first: a wrong key is no finding.
  const keys = await disclosureKeysOf(rows, disclosureKey);
  const parts = partsOf(range, threads);
  if (parts.length === 1) {
    await meanwhile();
    return [await scanRange(range, new StoredBlocks(rows, log, keys), advance)];
  }
  const address = await rows.share();
  const scans = parts.map((part) => scanInThread({ address, log, disclosureKey, range: part }, advance));
  try {
    const [findings] = await Promise.all([Promise.all(scans.map(({ findings }) => findings)), meanwhile()]);
    return findings;
  } finally {
    // When one failed the others would keep the process busy for nothing.
    for (const { worker } of scans) void worker.terminate();
  }
}

/** Cuts a range into as many parts as are worth a thread; at least one. */
export function partsOf(range: BlockRange, threads: number): BlockRange[] {
  const { firstBlock, endBlock } = range;
  const blocks = endBlock - firstBlock;
  const count = Math.max(1, Math.min(threads, Math.floor(blocks / fewestBlocks)));
  const cut = (part: number) => firstBlock + Math.floor((blocks * part) / count);
  return Array.from({ length: count }, (_, part) => ({ ...range, firstBlock: cut(part), endBlock: cut(part + 1) }));
}

function scanInThread(task: ScanTask, advance: (entries: number) => void) {
  const file = new URL(`./scan-worker${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(file, { workerData: task });
  const findings = new Promise<FindingsData>((resolve, reject) => {
    worker.on('message', (message: { readonly entries: number } | { readonly findings: FindingsData }) => {
      if ('entries' in message) advance(message.entries);
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
