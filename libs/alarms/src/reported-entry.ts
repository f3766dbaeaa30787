import { hash } from 'node:crypto';
import type { EventId } from '#kernel';
import { z } from 'zod';

const text = z.string();
const policy = z.object({ sha256: text });
const jobState = z.object({ status: text, schedule_state: text, read_at: text });

/**
 * What an alarm may say of an entry, by the names that the log gives it. Other members of a leaf are dropped here, so
 * that what the log learns to record later does not leave the house by itself.
 */
const reported = z.object({
  id: text.transform((id) => id as EventId),
  code: text,
  type: text,
  time: text,
  actor: z.object({ kind: text, tid: text.optional(), ref: text.optional(), app_id: text.optional() }).optional(),
  action: text.optional(),
  resource: z.object({ sp_id: text, job_id: text.optional(), alias: text.optional() }).optional(),
  ticket: z.object({ id: text }).optional(),
  until: text.optional(),
  rule_id: text.optional(),
  policy: policy.optional(),
  previous_policy: policy.optional(),
  parent: text.optional(),
  before: z.union([z.literal('unknown'), jobState]).optional(),
  outcome: text.optional(),
  outcome_reason: text.optional(),
  holds: z.array(text).optional(),
  ending: z.object({ kind: text, reason: text.optional() }).optional(),
  check: text.optional(),
  findings: z.array(text).optional(),
  anchor: z.object({ name: text, kind: text }).optional(),
  vkey: text.optional(),
  min_index: z.number().optional(),
  period: z.object({ from: text, to: text }).optional(),
  counts: z.record(text, z.number()).optional(),
  alarm: z.object({ destination: text, name: text.optional(), attempts: z.number().optional() }).optional(),
});

/** An entry of the log, reduced to what an alarm may say of it. */
export type ReportedEntry = z.output<typeof reported>;

/** Reads the bytes of a leaf; undefined when they are none. */
export function readEntry(body: Uint8Array): ReportedEntry | undefined {
  try {
    return reported.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))).data;
  } catch {
    return undefined;
  }
}

/**
 * Hash of a leaf in base64, as inclusion proofs have it.
 * @see https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */
export function leafHash(body: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.of(0), body]), 'base64');
}
