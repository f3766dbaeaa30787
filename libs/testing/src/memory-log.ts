import { AuditLog, type AuditLogOptions, DisclosureKey, type LogHead, LogKey } from '#audit';
import { FakeClock } from './fake-clock.ts';
import { MemoryLogStore } from './memory-log-store.ts';

const origin = 'broker.example/audit/test';
const key = LogKey.parse(origin, LogKey.generatePem());
const disclosureKey = DisclosureKey.parse(DisclosureKey.generate());

/** What a spec of the audit log works on: a store in memory and a clock, both new for each test. */
export interface MemoryLog {
  readonly store: MemoryLogStore;
  readonly clock: FakeClock;
  readonly origin: string;
  readonly key: LogKey;
  readonly disclosureKey: DisclosureKey;
  /** Opens a log on the store; one replica unless told otherwise. */
  open(changes?: Partial<AuditLogOptions>): Promise<AuditLog>;
  /** The committed head; throws when nothing was appended. */
  headOf(store?: MemoryLogStore): Promise<LogHead>;
}

/** To be called at the top of a spec: makes everything new before each test and lets none misuse the store. */
export function useMemoryLog(): MemoryLog {
  let store = new MemoryLogStore();
  let clock = new FakeClock();
  beforeEach(() => {
    store = new MemoryLogStore();
    clock = new FakeClock();
  });
  afterEach(() => {
    expect(store.violations).toEqual([]);
  });
  return {
    get store() {
      return store;
    },
    get clock() {
      return clock;
    },
    origin,
    key,
    disclosureKey,
    open: (changes = {}) =>
      AuditLog.open({ store, clock, origin, key, disclosureKey, instance: 'one', build: 'test', ...changes }),
    headOf: async (from = store) => {
      const head = await from.head();
      if (head === undefined) throw new Error('the log is empty');
      return head;
    },
  };
}
