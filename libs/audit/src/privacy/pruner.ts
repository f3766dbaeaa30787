import { type Clock, type EventId, parseTimestamp } from '#kernel';
import { tileWidth } from '#tlog';
import type { AuditLog } from '../audit-log.ts';
import type { LogStore, StoredEntry } from '../log-store.ts';
import { OpenIntents } from '../open-intents.ts';
import type { AuditSearch } from '../search/audit-search.ts';
import { archiveEntries } from './archive-entries.ts';
import { LegalHolds } from './legal-holds.ts';
import type { LogArchive } from './log-archive.ts';
import type { LogMaintenance } from './log-maintenance.ts';
import type { RetentionRule, Sanction } from './maintenance-event.ts';
import { pruningOf } from './maintenance-leaf.ts';
import { MaintenanceRefused } from './maintenance-refused.ts';
import type { RetentionPolicy } from './retention-policy.ts';
import { unendedEntries } from './unended-entries.ts';

const dayMillis = 86_400_000;

/** What pruning works on. */
export interface PrunerPorts {
  readonly log: AuditLog;
  readonly store: LogStore;
  readonly search: AuditSearch;
  readonly maintenance: LogMaintenance;
  readonly clock: Clock;
}

/** Drops old entries under a written policy, once they are archived. Their hashes stay, and with them every proof. */
export class Pruner {
  readonly #ports: PrunerPorts;
  readonly #holds: LegalHolds;

  constructor(ports: PrunerPorts) {
    this.#ports = ports;
    this.#holds = new LegalHolds(ports.log, ports.search);
  }

  /**
   * Archives and drops the entries below an index; throws MaintenanceRefused before anything is dropped. The intent is
   * on record before and the end after it; a pruning that was cut off in between is finished first.
   */
  async prune(below: number, { rule, sanction }: RetentionPolicy, archive: LogArchive): Promise<void> {
    const { log, store } = this.#ports;
    await this.#finish(sanction);
    const [minIndex, { size }] = [await store.minIndex(), await log.latest()];
    if (below > 0 && minIndex === below) return;
    if (!Number.isSafeInteger(below / tileWidth) || below <= minIndex || below >= size) {
      const said = `Give a multiple of ${tileWidth} above ${minIndex} and below ${size}`;
      throw new MaintenanceRefused('index_invalid', said);
    }
    await this.#assertClosed(below, minIndex, size);
    await this.#holds.assertPrunable(below, (subject) => this.#firstFieldOf(subject));
    const oldEnough = this.#assertOldEnough(rule);
    oldEnough([await log.entry(below - 1)]);
    await archiveEntries(log, archive, { from: minIndex, to: below }, oldEnough);
    const pruning = { minIndex: below, retention: rule };
    const { eventId } = await log.record({ type: 'log.pruning', ...pruning, sanction });
    await this.#drop(eventId, pruning, sanction);
  }

  /** Reconcilers look for open intents, and erasures for their beginnings: neither may go while it has no end. */
  async #assertClosed(below: number, minIndex: number, size: number): Promise<void> {
    const { store, search } = this.#ports;
    const intents = new OpenIntents(store, minIndex);
    await intents.catchUp();
    const [erasure] = await unendedEntries(search, size, 'privacy.erasing', 'privacy.erased');
    const oldest = Math.min(intents.position, erasure?.index ?? size);
    if (oldest >= below) return;
    throw new MaintenanceRefused('intents_open', `Entry ${oldest} has no end on record yet; prune below it at most`);
  }

  async #firstFieldOf(subject: string): Promise<number> {
    const { runs } = await this.#ports.maintenance.placesOf(subject, 1);
    return runs[0]?.[0] ?? Number.MAX_SAFE_INTEGER;
  }

  /** Throws `retention_running` when an entry has to be kept still. */
  #assertOldEnough({ keepDays }: RetentionRule): (entries: readonly StoredEntry[]) => void {
    const youngest = this.#ports.clock.now() - keepDays * dayMillis;
    return (entries) => {
      const early = entries.find(({ columns: { time } }) => (parseTimestamp(time) ?? Infinity) > youngest);
      if (early === undefined) return;
      const said = `Entry ${early.index} of ${early.columns.time} has to be kept for ${keepDays} days`;
      throw new MaintenanceRefused('retention_running', said);
    };
  }

  async #finish(sanction: Sanction): Promise<void> {
    const { size } = await this.#ports.log.latest();
    for (const begun of await unendedEntries(this.#ports.search, size, 'log.pruning', 'log.pruned')) {
      const pruning = pruningOf(begun);
      await this.#holds.assertPrunable(pruning.minIndex, (subject) => this.#firstFieldOf(subject));
      await this.#drop(begun.eventId, pruning, sanction);
    }
  }

  async #drop(
    parent: EventId,
    pruning: { readonly minIndex: number; readonly retention: RetentionRule },
    sanction: Sanction,
  ): Promise<void> {
    await this.#ports.maintenance.prune(pruning.minIndex);
    await this.#ports.log.record({ type: 'log.pruned', parent, ...pruning, sanction });
  }
}
