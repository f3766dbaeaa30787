import type { Found, FoundPart, SearchPage } from './audit-search.ts';

/** Entries that are in memory at once: some 100 KiB of text. Larger parts outlive young garbage and cost far more. */
const partSize = 32;

/** All that a search finds among the first `size` entries, in the order of the log, part by part as it is taken. */
export async function* allFound(
  find: (page: SearchPage) => Promise<FoundPart>,
  size: number,
): AsyncGenerator<readonly Found[], void, undefined> {
  let after: number | undefined;
  for (;;) {
    const { found, next } = await find({
      order: 'oldest',
      size,
      limit: partSize,
      ...(after !== undefined && { after }),
    });
    if (found.length > 0) yield found;
    if (next === undefined) return;
    after = next;
  }
}
