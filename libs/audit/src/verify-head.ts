import type { LogKey } from './log-key.ts';
import type { LogHead } from './log-store.ts';
import { emptyTip, followHead } from './log-tip.ts';

/**
 * Checks that a stored head is whole and signed by this key, without opening the log or writing anything. Throws
 * AuditLogError `log_key_mismatch` or `log_head_invalid`. Entries and tiles are not read.
 */
export function verifyHead(head: LogHead, key: LogKey): void {
  followHead(emptyTip, head, key.signer.verifier);
}
