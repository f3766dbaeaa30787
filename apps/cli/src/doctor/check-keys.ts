import { existsSync, readFileSync } from 'node:fs';
import { DisclosureKey, LogKey } from '#audit';
import type { Config } from '#config';
import { CodedError } from '#kernel';
import type { Checked } from './check-inputs.ts';
import { type Check, fail, type Finding, ok, type Remedy, warn } from './finding.ts';

/** A file with a key, and what there is to say of it. */
interface KeyFile<Key> {
  readonly check: Extract<Check, 'log-key' | 'disclosure-key'>;
  readonly file: string;
  /** Whether the first start makes it. */
  readonly createKeys: boolean;
  /** What helps where it is missing and nothing makes it. */
  readonly missing: Remedy;
  /** Throws a CodedError for what is no key. */
  readonly parse: (text: string) => Key;
  /** What is said of a sound one. */
  readonly told: (key: Key) => string;
}

/** The key that signs the log. */
export function checkLogKey({
  keyFile: file,
  origin,
  createKeys,
}: Pick<Config['log'], 'keyFile' | 'origin' | 'createKeys'>): Checked<LogKey> {
  const missing = { note: `openssl genpkey -algorithm ed25519 -out ${file}` };
  return checkKey({ ...logKeyOf(origin), file, createKeys, missing });
}

/** The key that the log is to be taken over from, when one is named. */
export function checkPreviousKey({ previousKeyFile: file, origin }: Config['log']): Checked<LogKey> {
  if (file === undefined) return { value: undefined, findings: [] };
  const missing = { note: 'unset INTERLOCK_LOG_PREVIOUS_KEY_FILE if the log was handed over already' };
  return checkKey({ ...logKeyOf(origin), file, createKeys: false, missing });
}

/** The key under which personal fields are kept. */
export function checkDisclosureKey({ disclosureKeyFile: file, createKeys }: Config['log']): Checked<DisclosureKey> {
  return checkKey({
    check: 'disclosure-key',
    file,
    createKeys,
    missing: { note: `for a new database: openssl rand -base64 32 > ${file}; for one in use only its own key will do` },
    parse: (text) => DisclosureKey.parse(text),
    told: ({ id }) => `${file} holds the key ${id}`,
  });
}

/** Whether the database's personal fields are under the key, if there is one; `stored` is the id that it remembers. */
export function keyOfStoreFindings(key: DisclosureKey | undefined, stored: string | undefined): readonly Finding[] {
  if (stored === undefined || stored === key?.id) return [];
  const note = 'give INTERLOCK_DISCLOSURE_KEY_FILE the key that this database was begun with';
  const message = `the personal fields of the database are under the key ${stored}: the broker would refuse to start`;
  return [fail('disclosure-key', 'disclosure_key_mismatch', message, { note })];
}

function logKeyOf(origin: Config['log']['origin']): Pick<KeyFile<LogKey>, 'check' | 'parse' | 'told'> {
  return { check: 'log-key', parse: (text) => LogKey.parse(origin, text), told: ({ vkey }) => vkey };
}

/** Never makes a key: the broker does at its first start, where it may. */
function checkKey<Key>({ check, file, createKeys, missing, parse, told }: KeyFile<Key>): Checked<Key> {
  const nothing = (finding: Finding): Checked<Key> => ({ value: undefined, findings: [finding] });
  const code = check.replace('-', '_');
  if (!existsSync(file)) {
    return nothing(
      createKeys
        ? warn(check, `${code}_absent`, `${file} is not there; the first start makes it`)
        : fail(check, `${code}_missing`, `there is no key file ${file}`, missing),
    );
  }
  try {
    const value = parse(readFileSync(file, 'utf8'));
    return { value, findings: [ok(check, told(value))] };
  } catch (error) {
    const message = error instanceof CodedError ? error.message : `${file} cannot be read`;
    return nothing(fail(check, `${code}_invalid`, message));
  }
}
