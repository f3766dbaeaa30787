import type { AuditOperation, Reviewed, StoredEntry } from '#audit';
import { z } from 'zod';
import { entrySchema, entryView } from './entry-view.ts';

const states = [
  'denied',
  'open',
  'succeeded',
  'failed',
  'unknown',
  'reconciled:applied',
  'reconciled:not_applied',
  'reconciled:inconclusive',
] as const;

const followingSchema = z.object({
  index: z.number().int(),
  eventId: z.string(),
  type: z.string(),
  time: z.string(),
  outcome: z.string().optional(),
});

/** A request with what became of it. */
export const operationSchema = z.object({
  eventId: z.string().describe('The denial or intent that began it.'),
  index: z.number().int(),
  state: z.enum(states).describe('All events of the request folded into one.'),
  time: z.string(),
  type: z.string(),
  actor: z.string().optional().describe('Pseudonym of the caller.'),
  application: z.string().optional(),
  action: z.string().optional(),
  servicePrincipalId: z.string().optional(),
  jobId: z.string().optional(),
  decision: z.string().optional(),
  rule: z.string().optional(),
  ticket: z.string().optional(),
  requestId: z.string().optional(),
  clientRequestId: z.string().optional(),
  following: z.array(followingSchema).describe('Events that name it as their parent.'),
});
export type OperationView = z.infer<typeof operationSchema>;

/** A page of operations. */
export const operationPageSchema = z.object({
  size: z.number().int().describe('Entries in the log when it was asked.'),
  items: z.array(operationSchema),
});
export type OperationPage = z.infer<typeof operationPageSchema>;

/** An operation with its events whole. */
export const wholeOperationSchema = operationSchema.extend({ events: z.array(entrySchema) });
export type WholeOperation = z.infer<typeof wholeOperationSchema>;

export function operationView({ state, began, following }: AuditOperation): OperationView {
  return {
    eventId: began.eventId,
    index: began.index,
    state,
    ...began.columns,
    following: following.map(followingView),
  };
}

export function operationPage({ size, items }: Reviewed<AuditOperation>): OperationPage {
  return { size, items: items.map(operationView) };
}

export function wholeOperation(operation: AuditOperation): WholeOperation {
  const events = [operation.began, ...operation.following].map(entryView);
  return { ...operationView(operation), events };
}

function followingView({ index, eventId, columns: { type, time, outcome } }: StoredEntry) {
  return { index, eventId, type, time, ...(outcome !== undefined && { outcome }) };
}
