import type { EventId } from '#kernel';
import type { AuditLog } from '../audit-log.ts';
import type { AuditSearch } from '../search/audit-search.ts';
import { holdTargetOf } from './maintenance-leaf.ts';
import { MaintenanceRefused } from './maintenance-refused.ts';
import type { FieldPlaces, HoldTarget, Sanction } from './maintenance-event.ts';
import { unendedEntries } from './unended-entries.ts';

/** A legal hold that stands. */
export interface LegalHold {
  /** The event that placed it; names the hold. */
  readonly id: EventId;
  readonly index: number;
  /** RFC 3339. */
  readonly since: string;
  readonly target: HoldTarget;
}

/** Legal holds. The log itself is the list of them, so that none can stand without being on record. */
export class LegalHolds {
  readonly #log: AuditLog;
  readonly #search: AuditSearch;

  constructor(log: AuditLog, search: AuditSearch) {
    this.#log = log;
    this.#search = search;
  }

  /** Those that stand, oldest first. */
  async standing(): Promise<readonly LegalHold[]> {
    const { size } = await this.#log.latest();
    const entries = await unendedEntries(this.#search, size, 'privacy.hold.placed', 'privacy.hold.released');
    return entries.map((entry) => ({
      id: entry.eventId,
      index: entry.index,
      since: entry.columns.time,
      target: holdTargetOf(entry),
    }));
  }

  async place(target: HoldTarget, sanction: Sanction): Promise<EventId> {
    if (target.kind === 'entries') {
      const { size } = await this.#log.latest();
      const { from, to } = target;
      if (!(Number.isSafeInteger(from) && from >= 0 && from <= to && to < size)) {
        throw new MaintenanceRefused('index_invalid', `A hold is on entries from 0 to ${size - 1}`);
      }
      await this.#log.assertKept(from);
    }
    return (await this.#log.record({ type: 'privacy.hold.placed', target, sanction })).eventId;
  }

  /** `hold_unknown` when no such hold stands. */
  async release(id: EventId, sanction: Sanction): Promise<void> {
    if (!(await this.standing()).some((hold) => hold.id === id)) {
      throw new MaintenanceRefused('hold_unknown', 'No legal hold of that id stands; see the list of holds');
    }
    await this.#log.record({ type: 'privacy.hold.released', parent: id, sanction });
  }

  /** Throws `legal_hold` when the fields of a subject, which are there, are kept by a hold. */
  async assertErasable(subject: string, places: FieldPlaces): Promise<void> {
    for (const { id, target } of await this.standing()) {
      const held = target.kind === 'subject' ? target.subject === subject : touches(places, target.from, target.to);
      if (held) throw heldBy(id);
    }
  }

  /** Throws `legal_hold` when a hold keeps an entry below the index; `firstOf` tells where a subject's fields begin. */
  async assertPrunable(below: number, firstOf: (subject: string) => Promise<number>): Promise<void> {
    for (const { id, index, target } of await this.standing()) {
      const first = target.kind === 'subject' ? await firstOf(target.subject) : target.from;
      // The hold's own entry says that it stands.
      if (Math.min(first, index) < below) throw heldBy(id);
    }
  }
}

function touches({ runs, omitted }: FieldPlaces, from: number, to: number): boolean {
  // Where not all runs are listed, whatever comes after them may be anywhere.
  const unlisted = omitted > 0 && to > (runs.at(-1)?.[1] ?? -1);
  return unlisted || runs.some(([first, last]) => first <= to && last >= from);
}

function heldBy(id: EventId): MaintenanceRefused {
  return new MaintenanceRefused('legal_hold', `The legal hold ${id} keeps it; nothing was changed`);
}
