import type { CodedError } from '#kernel';
import { AnchorError } from './anchor/anchor-error.ts';
import { AuditLogError, AuditUnavailable } from './audit-error.ts';

/** What the log or its anchors found wrong is told as it is; anything else is the store's. */
export function unavailable(cause: unknown): CodedError {
  const isOwn = cause instanceof AuditLogError || cause instanceof AnchorError || cause instanceof AuditUnavailable;
  if (isOwn) return cause;
  return new AuditUnavailable('The audit log cannot record events now', { cause });
}
