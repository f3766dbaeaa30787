import { exportLog } from '../../test/support/export-memory.ts';

const mebibyte = 2 ** 20;

/** Exports a log of so many entries and prints what that took; true when it took less than 64 MiB of memory. */
export async function exportEntries(entries: number): Promise<boolean> {
  const { said, counted, bytes, grown } = await exportLog(entries);
  const size = Math.round(bytes / mebibyte);
  console.log(`export of ${said} entries, ${size} MiB: memory grew by ${(grown / mebibyte).toFixed(1)} MiB`);
  return said === counted && said > entries && grown < 64 * mebibyte;
}
