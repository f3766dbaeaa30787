import type { CodedError } from '#kernel';
import { AuditLogError, AuditUnavailable } from './audit-error.ts';

/** What the log itself found wrong is told as it is; anything else is the store's. */
export function unavailable(cause: unknown): CodedError {
  if (cause instanceof AuditLogError || cause instanceof AuditUnavailable) return cause;
  return new AuditUnavailable('The audit log cannot record events now', { cause });
}
