import type { Clock } from '#kernel';
import type { AuditLog } from '../audit-log.ts';
import type { PersonalFieldName } from '../personal-field-names.ts';
import type { PolicyArchive } from '../policy-archive.ts';
import { readEventOf, recordableText } from '../review/recorded-read.ts';
import type { Reviewer } from '../review/reviewer.ts';
import { allFound } from '../search/all-found.ts';
import type { AuditQuery } from '../search/audit-query.ts';
import type { AuditSearch, SearchPage } from '../search/audit-search.ts';
import { pseudonymous } from '../search/pseudonymous-query.ts';
import { evidenceBundle } from './evidence-bundle.ts';
import { EvidenceTooLarge, maxBundleEntries } from './evidence-too-large.ts';

/** What a bundle is asked for. */
export interface AskedEvidence {
  readonly query: AuditQuery;
  /** Personal fields to show. Whether the reviewer may see them is for the caller to know. */
  readonly disclose: readonly PersonalFieldName[];
}

export interface EvidenceSources {
  readonly log: AuditLog;
  readonly search: AuditSearch;
  readonly policies: PolicyArchive;
  readonly clock: Clock;
}

/** Makes evidence bundles: a part of the log with everything that an outsider needs to check it. */
export class EvidenceBundles {
  readonly #sources: EvidenceSources;

  constructor(sources: EvidenceSources) {
    this.#sources = sources;
  }

  /**
   * The .zip with all entries that the query finds. Recorded when this resolves, and at its end. Throws QueryMalformed,
   * ActorUnknown, {@link EvidenceTooLarge}, AuditUnavailable. Iterating again would be another bundle: ask anew.
   */
  async bundle({ query, disclose }: AskedEvidence, reviewer: Reviewer): Promise<AsyncIterable<Uint8Array>> {
    const { log, search, policies, clock } = this.#sources;
    const known = await pseudonymous(query, search);
    const text = recordableText(known);
    const snapshot = await log.latest();
    const find = (page: SearchPage) => search.events(known, page);
    let count = 0;
    for await (const found of allFound(find, snapshot.size)) {
      count += found.length;
      if (count > maxBundleEntries) throw new EvidenceTooLarge();
    }
    const disclosed = [...new Set(disclose)];
    const announced = { ...readEventOf(reviewer), view: 'evidence', query: text } as const;
    const { eventId } = await log.record({ ...announced, ...(disclosed.length > 0 && { disclosed }) });
    return evidenceBundle(log, {
      snapshot,
      find,
      disclosuresOf: (entry) => log.disclosed(entry),
      policies,
      query: text,
      disclosed,
      created: clock.now(),
      eventId,
    });
  }
}
