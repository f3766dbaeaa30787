import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LogKey } from '#audit';
import type { Config } from '#config';
import { CodedError } from '#kernel';
import { StartupError } from './startup-error.ts';

/**
 * The log's signing key. It is made on first start only where the configuration says so: a log that others rely on must
 * not get a new key by accident. A dry run makes one in memory instead of the file.
 */
export function loadLogKey({ keyFile, origin, createKey }: Config['log'], dryRun: boolean): LogKey {
  const pem = readKeyFile(keyFile, createKey) ?? createKeyFile(keyFile, dryRun);
  try {
    return LogKey.parse(origin, pem);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    throw new StartupError([`INTERLOCK_LOG_KEY_FILE  invalid: ${error.message}`]);
  }
}

/** Undefined when there is no file and one may be made. */
function readKeyFile(file: string, mayCreate: boolean): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing && mayCreate) return undefined;
    const what = missing ? 'missing: there is no key file' : 'unreadable: cannot read the key file';
    throw new StartupError([`INTERLOCK_LOG_KEY_FILE  ${what} ${file}`]);
  }
}

function createKeyFile(file: string, dryRun: boolean): string {
  const pem = LogKey.generatePem();
  if (dryRun) return pem;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // wx: of two first starts, only one may make the key.
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
    return pem;
  } catch {
    throw new StartupError([`INTERLOCK_LOG_KEY_FILE  unreadable: cannot create the key file ${file}`]);
  }
}
