import type { EventId, EpochMillis } from '#kernel';
import type { StoredEntry } from '../log-store.ts';
import type { LogSnapshot } from '../log-snapshot.ts';
import type { PersonalFieldName } from '../personal-field-names.ts';
import type { PolicyArchive } from '../policy-archive.ts';
import type { Disclosure } from '../privacy/sealed-field.ts';
import type { FoundPart, SearchPage } from '../search/audit-search.ts';

/** A bundle that has been recorded and can begin. */
export interface BegunEvidence {
  readonly snapshot: LogSnapshot;
  readonly find: (page: SearchPage) => Promise<FoundPart>;
  readonly disclosuresOf: (entry: StoredEntry) => Promise<readonly Disclosure[]>;
  readonly policies: PolicyArchive;
  /** The query's text. */
  readonly query: string;
  /** The personal fields to show. */
  readonly disclosed: readonly PersonalFieldName[];
  readonly created: EpochMillis;
  /** The event that announced it. */
  readonly eventId: EventId;
}
