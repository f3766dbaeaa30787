import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SettingName } from '#config';
import { CodedError } from '#kernel';
import { StartupError } from './startup-error.ts';

/** A file with a key that a start needs. */
export interface KeyFile<Key> {
  /** The setting that names the file. */
  readonly setting: SettingName;
  readonly file: string;
  /** Whether a first start makes it: what others rely on must not get a new key by accident. */
  readonly mayCreate: boolean;
  /** Text of a new key. */
  readonly generate: () => string;
  /** Throws a CodedError for what is no key. */
  readonly parse: (text: string) => Key;
}

/** The key of a file; throws a {@link StartupError}. A dry run makes one in memory instead of the file. */
export function loadKey<Key>(wanted: KeyFile<Key>, dryRun: boolean): Key {
  const text = readKeyFile(wanted) ?? createKeyFile(wanted, dryRun);
  try {
    return wanted.parse(text);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    throw new StartupError([`${wanted.setting}  invalid: ${error.message}`]);
  }
}

/** Undefined when there is no file and one may be made. */
function readKeyFile({ setting, file, mayCreate }: KeyFile<unknown>): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing && mayCreate) return undefined;
    const what = missing ? 'missing: there is no key file' : 'unreadable: cannot read the key file';
    throw new StartupError([`${setting}  ${what} ${file}`]);
  }
}

function createKeyFile({ setting, file, generate }: KeyFile<unknown>, dryRun: boolean): string {
  const text = generate();
  if (dryRun) return text;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // wx: of two first starts, only one may make the key.
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    return text;
  } catch {
    throw new StartupError([`${setting}  unreadable: cannot create the key file ${file}`]);
  }
}
