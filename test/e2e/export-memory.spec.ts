import { exportLog } from '../support/export-memory.ts';

// `npm run torture -- export` does the same with 100,000 entries; docs/torture.md has its figures.
const entries = 40_000;
const mebibyte = 2 ** 20;

describe('an export of 40,000 entries', () => {
  it('takes less than 64 MiB of memory, and its receiver decides how fast it goes', async () => {
    const { said, counted, bytes, grown } = await exportLog(entries);

    expect(said).toBe(counted);
    expect(said).toBeGreaterThan(entries);
    // More than could hide in the limit: kept in memory, this would show.
    expect(bytes).toBeGreaterThan(80 * mebibyte);
    expect(grown / mebibyte).toBeLessThan(64);
  }, 240_000);
});
