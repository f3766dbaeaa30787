import type { EventId } from '#kernel';
import type { AuditLog } from '../audit-log.ts';
import { exportFormats, type ExportFormatName } from '../export/export-formats.ts';
import type { LogSnapshot } from '../log-snapshot.ts';
import { allFound } from '../search/all-found.ts';
import type { FoundPart, SearchPage } from '../search/audit-search.ts';

/** An export that has been recorded and can begin. */
export interface BegunExport {
  readonly log: Pick<AuditLog, 'record'>;
  readonly find: (page: SearchPage) => Promise<FoundPart>;
  readonly snapshot: LogSnapshot;
  readonly query: string;
  readonly format: ExportFormatName;
  /** The event that announced it. */
  readonly eventId: EventId;
}

/** The text of an export, read as it is taken. However it ends, what was given out is counted into the log. */
export async function* exportChunks(begun: BegunExport): AsyncGenerator<string, void, undefined> {
  const { log, find, snapshot, query, eventId } = begun;
  const format = exportFormats[begun.format];
  let count = 0;
  let complete = false;
  try {
    if (format.head !== '') yield format.head;
    for await (const found of allFound(find, snapshot.size)) {
      // Counted before it is handed over: half a part may have left when the receiver goes away.
      count += found.length;
      yield found.map(({ entry }) => format.entry(entry)).join('');
    }
    yield format.end(snapshot.signCount(count, query));
    complete = true;
  } finally {
    await log.record({ type: 'audit.exported', parent: eventId, count, complete });
  }
}
