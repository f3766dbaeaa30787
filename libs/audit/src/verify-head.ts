import type { LogKey } from './log-key.ts';
import type { LogHead } from './log-store.ts';
import { emptyTip, followHead, ownerOf } from './log-tip.ts';

/**
 * Checks that a stored head is whole and belongs to one of these keys, without opening the log or writing anything, and
 * gives that key. Throws AuditLogError `log_key_mismatch` or `log_head_invalid`. Entries and tiles are not read.
 */
export function verifyHead<Key extends LogKey>(head: LogHead, keys: readonly Key[]): Key {
  const verifiers = keys.map(({ signer }) => signer.verifier);
  followHead(emptyTip, head, verifiers);
  const { keyId } = ownerOf(head, verifiers);
  return keys.find(({ signer }) => signer.verifier.keyId === keyId) as Key;
}
