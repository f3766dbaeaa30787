import type { StoredEntry } from '../log-store.ts';
import type { SignedCount } from './signed-count.ts';

/** How an export is written. Every part ends its own line. */
export interface ExportFormat {
  readonly mediaType: string;
  /** Before the first entry. */
  readonly head: string;
  entry(entry: StoredEntry): string;
  end(count: SignedCount): string;
}
