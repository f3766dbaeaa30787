import { DisclosureKey, LogKey } from '#audit';
import type { Config } from '#config';
import { loadKey } from './key-file.ts';

/** The key that signs the log's checkpoints. */
export function loadLogKey({ origin, keyFile: file, createKeys: mayCreate }: Config['log'], dryRun: boolean): LogKey {
  const parse = (pem: string) => LogKey.parse(origin, pem);
  const generate = () => LogKey.generatePem();
  return loadKey({ setting: 'INTERLOCK_LOG_KEY_FILE', file, mayCreate, generate, parse }, dryRun);
}

/** The key that the log is to be taken over from, when one is named. */
export function loadPreviousKey({ origin, previousKeyFile: file }: Config['log']): LogKey | undefined {
  if (file === undefined) return undefined;
  const parse = (pem: string) => LogKey.parse(origin, pem);
  const generate = () => LogKey.generatePem();
  return loadKey({ setting: 'INTERLOCK_LOG_PREVIOUS_KEY_FILE', file, mayCreate: false, generate, parse }, false);
}

/** The key that wraps the data keys of personal fields. */
export function loadDisclosureKey(
  { disclosureKeyFile: file, createKeys: mayCreate }: Config['log'],
  dryRun: boolean,
): DisclosureKey {
  const parse = (text: string) => DisclosureKey.parse(text);
  const generate = () => DisclosureKey.generate();
  return loadKey({ setting: 'INTERLOCK_DISCLOSURE_KEY_FILE', file, mayCreate, generate, parse }, dryRun);
}
