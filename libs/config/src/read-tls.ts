import { readFileSync } from 'node:fs';
import type { SettingsCheck } from './settings-check.ts';
import type { Secrets } from './config.ts';

/** Certificate and key for TLS of our own, as PEM; undefined where neither is given. */
export function readTls(check: SettingsCheck): Secrets['tls'] {
  const { TLS_CERT_FILE, TLS_KEY_FILE } = check.environment.values;
  if (TLS_CERT_FILE === undefined && TLS_KEY_FILE === undefined) return undefined;
  const cert = readPem(check, 'TLS_CERT_FILE', TLS_CERT_FILE);
  const key = readPem(check, 'TLS_KEY_FILE', TLS_KEY_FILE);
  return { cert, key };
}

function readPem(check: SettingsCheck, name: 'TLS_CERT_FILE' | 'TLS_KEY_FILE', path: string | undefined): string {
  if (path === undefined) {
    check.add(name, 'missing', 'TLS needs both TLS_CERT_FILE and TLS_KEY_FILE');
    return '';
  }
  try {
    return readFileSync(path, 'utf8');
  } catch {
    check.add(name, 'unreadable', 'the file cannot be read');
    return '';
  }
}
