import type { Clock } from '#kernel';
import { AuditLogError } from './audit-error.ts';
import { assertRemembered, type CheckpointMemory } from './checkpoint-memory.ts';
import { encodeEvent } from './encode-event.ts';
import type { LoggedEvent } from './event-code.ts';
import { newEventId } from './event-id.ts';
import { type KeyWindow, readKeyHistory, verifiersOf } from './key-history.ts';
import type { LogKey } from './log-key.ts';
import type { LogStore, NewEntry } from './log-store.ts';
import { LogWriter } from './log-writer.ts';
import { assertKeyOf } from './privacy/assert-key-of.ts';
import type { DisclosureKey } from './privacy/disclosure-key.ts';
import { pooledRandomBytes, type RandomBytes } from './random-bytes.ts';
import { unavailable } from './unavailable.ts';

export interface AuditLogOptions {
  readonly store: LogStore;
  readonly clock: Clock;
  /** Must be the key's name. */
  readonly origin: string;
  readonly key: LogKey;
  /** Wraps the data keys of subjects. Without it events with personal fields are not recordable. */
  readonly disclosureKey?: DisclosureKey;
  /** The key that signed the log until now, when `key` is to take over. */
  readonly previousKey?: LogKey;
  /** The last good checkpoint of the log that this one succeeds, for its first entry. */
  readonly succeeds?: string;
  /** Places that remember the log: it must extend the newest checkpoint in each. */
  readonly memories?: readonly CheckpointMemory[];
  /** Names this replica in each entry. */
  readonly instance: string;
  /** Version and commit of the service, in each entry. */
  readonly build: string;
  /** How long a caller waits for its event to be durable, in milliseconds; default 2500. */
  readonly appendTimeoutMs?: number;
  /** Where salts and event ids come from; default the system's generator. */
  readonly random?: RandomBytes;
  /** Hears of each commit of a batch: its entries, and how many milliseconds it took. */
  readonly onCommit?: (entries: number, millis: number) => void;
}

/** A writer at the end of a log that was found to be ours, and the keys that the log had. */
export async function openWriter(
  options: AuditLogOptions,
): Promise<{ readonly writer: LogWriter; readonly keyHistory: readonly KeyWindow[] }> {
  const { key, previousKey, origin, store, memories = [], disclosureKey } = options;
  if ([key, previousKey].some((one) => one !== undefined && one.name !== origin)) {
    throw new AuditLogError('log_key_mismatch', 'The log key is named for another origin');
  }
  const writer = new LogWriter(store, key.signer, previousKey?.signer);
  const history = () => readKeyHistory(store, writer.tip.edge);
  try {
    if (disclosureKey !== undefined) await assertKeyOf(store, disclosureKey);
    await writer.refresh();
    const given = [key, ...(previousKey === undefined ? [] : [previousKey])].map(({ signer }) => signer.verifier);
    const known = [...given, ...verifiersOf(await history())];
    // Before anything is written: a log that lost its entries must not begin anew under its old name.
    await assertRemembered(store, writer.tip, memories, known);
    if (writer.tip.edge.size === 0) await writer.create(firstEntry(options));
    if (previousKey !== undefined) await writer.takeOver(rotation(options), previousKey.signer);
    return { writer, keyHistory: await history() };
  } catch (error) {
    throw unavailable(error);
  }
}

function firstEntry(options: AuditLogOptions): NewEntry {
  const { key, succeeds } = options;
  return ownEntry(
    { type: 'log.created', vkey: key.vkey, ...(succeeds !== undefined && { previous: succeeds }) },
    options,
  );
}

function rotation(options: AuditLogOptions): NewEntry {
  return ownEntry({ type: 'log.key.rotated', vkey: options.key.vkey }, options);
}

function ownEntry(event: LoggedEvent, options: AuditLogOptions): NewEntry {
  const { clock, key, instance, build, random = pooledRandomBytes() } = options;
  const now = clock.now();
  const stamped = { event, id: newEventId(now, random), received: now, recorded: now };
  return encodeEvent(stamped, { origin: key.name, instance, build }, random);
}
