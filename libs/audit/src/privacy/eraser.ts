import type { EventId } from '#kernel';
import type { AuditLog } from '../audit-log.ts';
import type { AuditSearch } from '../search/audit-search.ts';
import { LegalHolds } from './legal-holds.ts';
import type { LogMaintenance } from './log-maintenance.ts';
import type { FieldPlaces, Sanction } from './maintenance-event.ts';
import { erasureOf } from './maintenance-leaf.ts';
import { MaintenanceRefused } from './maintenance-refused.ts';
import type { SubjectName } from './subject-name.ts';
import { unendedEntries } from './unended-entries.ts';

/** Runs that a leaf has room for. */
const mostRuns = 200;

/** What was erased, or would be. */
export interface Erasure {
  readonly subject: string;
  readonly places: FieldPlaces;
}

/** Erases the personal fields of a subject. Leaves, tiles and proofs stay as they are to the last byte. */
export class Eraser {
  readonly #log: AuditLog;
  readonly #search: AuditSearch;
  readonly #maintenance: LogMaintenance;
  readonly #holds: LegalHolds;

  constructor(log: AuditLog, search: AuditSearch, maintenance: LogMaintenance) {
    this.#log = log;
    this.#search = search;
    this.#maintenance = maintenance;
    this.#holds = new LegalHolds(log, search);
  }

  /** What an erasure would take. Throws `subject_unknown` and `legal_hold`. */
  async plan(wanted: SubjectName | string): Promise<Erasure> {
    const subject = typeof wanted === 'string' ? wanted : await this.#maintenance.refOf(wanted);
    if (subject === undefined) throw unknown();
    const places = await this.#maintenance.placesOf(subject, mostRuns);
    if (places.count === 0 && !(await this.#maintenance.hasKey(subject))) throw unknown();
    await this.#holds.assertErasable(subject, places);
    return { subject, places };
  }

  /**
   * Erases what {@link plan} tells. The intent is on record before and the end after it; an erasure that was cut off in
   * between is found and finished first, by whatever erasure comes next. Returns all that were done.
   */
  async erase(wanted: SubjectName | string, sanction: Sanction): Promise<readonly Erasure[]> {
    const finished = await this.finish(sanction);
    try {
      const planned = await this.plan(wanted);
      const { eventId } = await this.#log.record({ type: 'privacy.erasing', ...planned, sanction });
      return [...finished, await this.#erase(eventId, planned, sanction)];
    } catch (error) {
      // The one that was asked for may be among those that were begun before.
      if (finished.length > 0 && error instanceof MaintenanceRefused && error.code === 'subject_unknown')
        return finished;
      throw error;
    }
  }

  /** Finishes erasures that were begun and have no end on record. Throws `legal_hold` when one was placed since. */
  async finish(sanction: Sanction): Promise<readonly Erasure[]> {
    const { size } = await this.#log.latest();
    const finished: Erasure[] = [];
    for (const begun of await unendedEntries(this.#search, size, 'privacy.erasing', 'privacy.erased')) {
      const planned = erasureOf(begun);
      await this.#holds.assertErasable(planned.subject, planned.places);
      finished.push(await this.#erase(begun.eventId, planned, sanction));
    }
    return finished;
  }

  async #erase(parent: EventId, { subject, places: planned }: Erasure, sanction: Sanction): Promise<Erasure> {
    await this.#maintenance.destroyKey(subject);
    // Counted anew: until the key was gone more may have been recorded. None are left where a first try got further.
    const found = await this.#maintenance.placesOf(subject, mostRuns);
    const places = found.count > 0 ? found : planned;
    await this.#maintenance.removeFields(subject);
    await this.#log.record({ type: 'privacy.erased', parent, subject, places, sanction });
    return { subject, places };
  }
}

function unknown(): MaintenanceRefused {
  return new MaintenanceRefused('subject_unknown', 'Nobody is known by that name or pseudonym; nothing was changed');
}
