import type { StoredEntry } from '../log-store.ts';
import type { ExportFormat } from './export-format.ts';
import { leafJson } from './leaf-json.ts';
import type { ShownDisclosure } from './shown-disclosure.ts';
import type { SignedCount } from './signed-count.ts';

/** One entry: `leaf` is the exact bytes that are hashed; `event` is the same, to read. */
export function entryLine({ index, body }: StoredEntry, disclosures: readonly ShownDisclosure[] = []): string {
  const leaf = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64');
  return `${JSON.stringify({ index, leaf, event: leafJson(body), disclosures })}\n`;
}

/**
 * One JSON object per line. `disclosures` is empty: whoever may read the log is not by that alone entitled to the
 * personal fields that it commits to.
 */
export const ndjsonFormat: ExportFormat = {
  mediaType: 'application/x-ndjson; charset=utf-8',
  head: '',
  entry: (entry: StoredEntry) => entryLine(entry),
  end: (count: SignedCount) => `${JSON.stringify(count)}\n`,
};
