import { randomUUID } from 'node:crypto';
import { AuditLog, lastGoodCheckpoint, LogKey } from '#audit';
import { buildVersion, settings } from '#config';
import type { Clock } from '#kernel';
import { openStore, type Store } from '#store';
import { NoteVerifier, TlogError } from '#tlog';
import type { Terminal } from '../terminal.ts';
import { type LogSetup, NotRunnable, readText } from './log-setup.ts';

/** How the successor is asked for. */
export interface Succession {
  /** Name of the new log. */
  readonly origin: string;
  /** File with a checkpoint that was kept elsewhere, to be looked at besides those that can be found. */
  readonly checkpoint?: string;
  /** Public key of the old log, when its private key is lost. */
  readonly vkey?: string;
}

/**
 * Begins a new log, whose first entry cites the last good checkpoint of the one that cannot go on. The old log stays as
 * it is. Nothing is ever signed again at a size that was used.
 */
export async function succeed(setup: LogSetup, asked: Succession, clock: Clock, terminal: Terminal): Promise<void> {
  const { origin } = asked;
  if (!settings.INTERLOCK_LOG_ORIGIN.schema.safeParse(origin).success) {
    throw new NotRunnable(`--origin must be ${settings.INTERLOCK_LOG_ORIGIN.form}`);
  }
  if (origin === setup.origin) throw new NotRunnable('--origin must be another than that of the log that ended');
  const store = await openStore(setup.databaseUrl, clock);
  try {
    const { size, from } = await begin(store, setup, asked, clock);
    terminal.out(`${origin} begins after ${setup.origin} at ${size} entries, as ${from} has it\n`);
    terminal.out(`Start the broker with INTERLOCK_LOG_ORIGIN=${origin}\n`);
  } finally {
    await store.close();
  }
}

async function begin(store: Store, setup: LogSetup, { origin, checkpoint, vkey }: Succession, clock: Clock) {
  const given = checkpoint === undefined ? undefined : readText(checkpoint);
  const keys = vkey === undefined ? setup.keys : [publicKey(vkey, setup.origin)];
  const cited = await lastGoodCheckpoint(store.log(setup.origin), keys, setup.memories, given);
  if (cited === undefined) {
    throw new NotRunnable('No checkpoint of the old log was found that its key signed; give one by --checkpoint');
  }
  if ((await store.log(origin).head()) !== undefined) throw new NotRunnable(`There is a log named ${origin} already`);
  const audit = await AuditLog.open({
    store: store.log(origin),
    clock,
    origin,
    key: LogKey.parse(origin, setup.keyPem),
    succeeds: cited.note,
    instance: randomUUID(),
    build: buildVersion,
  });
  await audit.close();
  return cited;
}

function publicKey(vkey: string, origin: string): NoteVerifier {
  try {
    const key = NoteVerifier.parse(vkey);
    if (key.name === origin) return key;
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
  }
  throw new NotRunnable(`--vkey is not a key of ${origin}`);
}
