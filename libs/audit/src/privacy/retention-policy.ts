import { hash } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import type { RetentionRule, Sanction } from './maintenance-event.ts';
import { MaintenanceRefused } from './maintenance-refused.ts';

const schema = z.strictObject({
  version: z.literal(1),
  keepDays: z.int().min(1).max(36_500),
  approver: z.string().trim().min(1).max(256),
  legalBasis: z.string().trim().min(1).max(2_000),
});

/** The written rule under which entries are pruned: how long they are kept, on what basis, and who approved it. */
export interface RetentionPolicy {
  readonly rule: RetentionRule;
  readonly sanction: Sanction;
}

/** Reads a retention policy file. `retention_policy_invalid`, with what is wrong, for anything else. */
export function readRetentionPolicy(bytes: Uint8Array): RetentionPolicy {
  let value: unknown;
  try {
    value = parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { maxAliasCount: 0, logLevel: 'error' });
  } catch (cause) {
    throw new MaintenanceRefused('retention_policy_invalid', 'The retention policy is not YAML', { cause });
  }
  const read = schema.safeParse(value);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `${path.join('.') || 'file'}: ${message}`).join('; ');
    throw new MaintenanceRefused('retention_policy_invalid', `The retention policy is not understood: ${wrong}`);
  }
  const { keepDays, approver, legalBasis } = read.data;
  return { rule: { policySha256: hash('sha256', bytes), keepDays }, sanction: { reason: legalBasis, approver } };
}
