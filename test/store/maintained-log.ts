import {
  type AuditLog,
  Eraser,
  LegalHolds,
  type LogMaintenance,
  type LogStore,
  Pruner,
  type SealedField,
} from '#audit';
import type { Store } from '#store';
import { LogArchive, type StoredEntry } from '#audit';
import { TestLog } from './audit-logs.ts';

export const sanction = { reason: 'Request of the person, case 17', approver: 'privacy office' };

/** An archive in memory. */
export class MemoryArchive extends LogArchive {
  readonly files = new Map<string, Uint8Array>();

  override write(path: string, bytes: Uint8Array): Promise<void> {
    this.files.set(path, bytes);
    return Promise.resolve();
  }

  override writeCheckpoint(checkpoint: string): Promise<void> {
    return this.write('checkpoint', Buffer.from(checkpoint));
  }
}

/** A log with what operators work on it with. */
export class MaintainedLog {
  private constructor(
    readonly test: TestLog,
    readonly store: Store,
    readonly log: AuditLog,
  ) {}

  static async open(store: Store, origin: string): Promise<MaintainedLog> {
    const test = new TestLog(origin);
    return new MaintainedLog(test, store, await test.open(store.log(origin)));
  }

  get logStore(): LogStore {
    return this.store.log(this.test.origin);
  }

  get holds(): LegalHolds {
    return new LegalHolds(this.log, this.store.search(this.test.origin));
  }

  eraser(maintenance: LogMaintenance = this.maintenance): Eraser {
    return new Eraser(this.log, this.store.search(this.test.origin), maintenance);
  }

  pruner(maintenance: LogMaintenance = this.maintenance): Pruner {
    const { log, logStore: store, test } = this;
    return new Pruner({ log, store, search: this.store.search(test.origin), maintenance, clock: test.clock });
  }

  get maintenance(): LogMaintenance {
    return this.store.maintenance(this.test.origin);
  }

  /** Records denials, which have no end to wait for, of the caller that test intents have. */
  async grow(count: number): Promise<void> {
    const { decision, ...intent } = this.test.intent('grown');
    const denied = {
      ...intent,
      type: 'request.denied',
      status: 403,
      decision: { ...decision, effect: 'deny' },
    } as const;
    await Promise.all(Array.from({ length: count }, () => this.log.record(denied)));
  }

  async entryOf(index: number): Promise<StoredEntry> {
    return this.log.entry(index);
  }

  async sealedAt(index: number): Promise<readonly SealedField[]> {
    return (await this.logStore.disclosures(index)) as readonly SealedField[];
  }

  /** The members of the last entry of a type. */
  async last(type: string): Promise<Record<string, unknown>> {
    const entries = await this.log.entries(0, Number.MAX_SAFE_INTEGER);
    const entry = entries.findLast(({ columns }) => columns.type === type);
    return JSON.parse(Buffer.from(entry?.body ?? '{}').toString()) as Record<string, unknown>;
  }
}
