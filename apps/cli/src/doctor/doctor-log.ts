import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditLog, LogKey } from '#audit';
import { buildVersion } from '#config';
import type { Clock } from '#kernel';
import { openStore } from '#store';

/** The doctor's own audit log, open. */
export interface DoctorLog {
  readonly audit: AuditLog;
  close(): Promise<void>;
}

/**
 * Opens the log in which the doctor records what it asks Graph, with a key of its own; makes both at first use. It is
 * a log like the broker's, and any verifier reads it: see docs/adr/0011. Throws a CodedError, or an Error of the file
 * system.
 */
export async function openDoctorLog(folder: string, brokerOrigin: string, clock: Clock): Promise<DoctorLog> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const origin = `${brokerOrigin}-doctor`;
  const key = LogKey.parse(origin, pemIn(join(folder, 'log-key.pem')));
  const store = await openStore(`sqlite:${join(folder, 'doctor.db')}`, clock);
  try {
    const audit = await AuditLog.open({
      store: store.log(origin),
      clock,
      origin,
      key,
      instance: randomUUID(),
      build: buildVersion,
    });
    const close = async (): Promise<void> => {
      await audit.close();
      await store.close();
    };
    return { audit, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function pemIn(file: string): string {
  try {
    // wx: of two doctors that begin together only one makes the key.
    const pem = LogKey.generatePem();
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return readFileSync(file, 'utf8');
    throw error;
  }
}
