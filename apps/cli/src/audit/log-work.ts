import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AlarmBook } from '#alarms';
import {
  AuditLog,
  type AuditSearch,
  DisclosureKey,
  LogKey,
  type LogMaintenance,
  type LogStore,
  maintenanceTurn,
} from '#audit';
import { buildVersion, type Configuration, readConfiguration, type Variables } from '#config';
import type { Clock } from '#kernel';
import { openStore } from '#store';
import { FileUnreadable } from './file-unreadable.ts';

/** The broker's own log, open for what operators do to it. */
export interface LogWork {
  readonly log: AuditLog;
  readonly store: LogStore;
  readonly search: AuditSearch;
  readonly maintenance: LogMaintenance;
  readonly alarms: AlarmBook;
  readonly disclosureKey: DisclosureKey;
}

/** Where the broker's settings are, and the clock. */
export interface Surroundings {
  readonly variables: Variables;
  readonly clock: Clock;
}

/**
 * Does a piece of work on the log that the broker's settings name, when no other such command is at work, and closes
 * everything. On SQLite the broker must not be running. Throws CodedErrors. `key` replaces the disclosure key.
 */
export async function workOnLog<Result>(
  { variables, clock }: Surroundings,
  work: (parts: LogWork) => Promise<Result>,
  key?: DisclosureKey,
): Promise<Result> {
  const configuration = readConfiguration(variables);
  const { config, secrets } = configuration;
  const { origin } = config.log;
  const disclosureKey = key ?? DisclosureKey.parse(readText(config.log.disclosureKeyFile));
  const logKey = logKeyOf(configuration);
  const store = await openStore(secrets.databaseUrl, clock);
  try {
    const logStore = store.log(origin);
    const identity = { instance: randomUUID(), build: buildVersion };
    const log = await AuditLog.open({ store: logStore, clock, origin, key: logKey, disclosureKey, ...identity });
    try {
      const parts = { log, store: logStore, search: store.search(origin), alarms: store.alarms(origin), disclosureKey };
      const maintenance = store.maintenance(origin);
      return await maintenanceTurn(store.leases, clock, origin, () => work({ ...parts, maintenance }));
    } finally {
      await log.close();
    }
  } finally {
    await store.close();
  }
}

function logKeyOf({ config: { log } }: Configuration): LogKey {
  return LogKey.parse(log.origin, readText(log.keyFile));
}

/** The text of a file; throws {@link FileUnreadable}. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FileUnreadable(file, { cause });
  }
}
