import { z } from 'zod';
import type { StoredEntry } from '#audit';
import type { CallResult, CallVerdict, HoldChange, HoldEvent, Origin } from '#holds';
import { type EventId, isStopped, type JobRef, parseTimestamp, readJobId, ServicePrincipalId } from '#kernel';

const eventId = z.string().transform((text) => text as EventId);
const timestamp = z.string().transform((text, context) => {
  const at = parseTimestamp(text);
  if (at === undefined) context.issues.push({ code: 'custom', message: 'not a time', input: text });
  return at ?? z.NEVER;
});
const state = z.object({ status: z.string(), schedule_state: z.string() });
const before = z.union([z.literal('unknown'), state]).default('unknown');
const reason = z.string().default('unknown');
const outcome = z.object({
  parent: eventId,
  outcome: z.enum(['success', 'failure', 'unknown']),
  outcome_reason: reason,
});
const verdict = z.object({
  parent: eventId,
  outcome: z.enum(['applied', 'not_applied', 'inconclusive']),
  outcome_reason: reason,
  reads: z.array(state).default([]),
});
const ending = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('released'), reason: z.enum(['released', 'overridden', 'expired']) }),
  z.object({ kind: z.literal('not_resumed'), reason: z.string() }),
  z.object({ kind: z.literal('superseded') }),
]);

/** By type of event: what its leaf says about holds. A pause of our own has no `ref` and makes no hold. */
const changes: Readonly<Record<string, z.ZodType<HoldChange>>> = {
  'pause.intent': z
    .object({
      id: eventId,
      time: timestamp,
      actor: z.object({ ref: z.string() }),
      until: timestamp.optional(),
      ticket: z.object({ id: z.string() }).optional(),
      before,
    })
    .transform((leaf) => ({
      kind: 'pause_intended',
      hold: leaf.id,
      owner: leaf.actor.ref,
      at: leaf.time,
      ...(leaf.until !== undefined && { until: leaf.until }),
      ...(leaf.ticket !== undefined && { ticket: leaf.ticket.id }),
      before: originOf(leaf.before),
    })),
  'pause.outcome': outcome.transform((leaf) => ({ kind: 'pause_ended', hold: leaf.parent, result: resultOf(leaf) })),
  'pause.reconciled': verdict.transform((leaf) => ({
    kind: 'pause_reconciled',
    hold: leaf.parent,
    verdict: verdictOf(leaf),
  })),
  'start.intent': z
    .object({ id: eventId, holds: z.array(eventId).default([]) })
    .transform(({ id, holds }) => ({ kind: 'start_intended', start: id, holds })),
  'start.outcome': outcome.transform((leaf) => ({ kind: 'start_ended', start: leaf.parent, result: resultOf(leaf) })),
  'start.reconciled': verdict.transform((leaf) => ({
    kind: 'start_reconciled',
    start: leaf.parent,
    verdict: verdictOf(leaf),
  })),
  'hold.ended': z
    .object({ parent: eventId, ending })
    .transform((leaf) => ({ kind: 'ended', hold: leaf.parent, ending: leaf.ending })),
  'hold.extended': z
    .object({ parent: eventId, until: timestamp })
    .transform(({ parent, until }) => ({ kind: 'extended', hold: parent, until })),
  'hold.confirmed': z.object({ parent: eventId }).transform(({ parent }) => ({ kind: 'confirmed', hold: parent })),
};

const about = z.object({ resource: z.object({ sp_id: z.string(), job_id: z.string() }) });

/**
 * What a stored entry says about the holds of a job, read from its bytes alone; undefined when it says nothing about any.
 * Shares nothing with `holdEventOf`, which the stores project by: whatever the two disagree about is a defect.
 */
export function recordedHoldEvent({ index, columns: { type }, body }: StoredEntry): HoldEvent | undefined {
  const schema = Object.hasOwn(changes, type) ? changes[type] : undefined;
  if (schema === undefined) return undefined;
  const leaf = jsonOf(body);
  const job = jobOf(leaf);
  const change = schema.safeParse(leaf).data;
  return job && change && { index, job, change };
}

/** Undefined for bytes that are no JSON: whatever they are, they are not about a hold. */
function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function jobOf(leaf: unknown): JobRef | undefined {
  const { sp_id = '', job_id = '' } = about.safeParse(leaf).data?.resource ?? {};
  const [servicePrincipalId, jobId] = [ServicePrincipalId.read(sp_id), readJobId(job_id)];
  return servicePrincipalId && jobId && { servicePrincipalId, jobId };
}

function originOf(leaf: z.output<typeof before>): Origin {
  if (leaf === 'unknown') return leaf;
  return isStopped(leaf.schedule_state, leaf.status) ? 'stopped' : 'running';
}

function resultOf(leaf: z.output<typeof outcome>): CallResult {
  if (leaf.outcome === 'success') return { kind: 'done' };
  return { kind: leaf.outcome === 'failure' ? 'failed' : 'unknown', reason: leaf.outcome_reason };
}

function verdictOf(leaf: z.output<typeof verdict>): CallVerdict {
  if (leaf.outcome !== 'inconclusive') return { kind: leaf.outcome };
  const last = leaf.reads.at(-1);
  const stopped = last && isStopped(last.schedule_state, last.status);
  return { kind: 'inconclusive', reason: leaf.outcome_reason, ...(stopped !== undefined && { stopped }) };
}
