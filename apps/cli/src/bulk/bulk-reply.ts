import { z } from 'zod';

const job = z
  .object({ alias: z.string().optional(), servicePrincipalId: z.string(), jobId: z.string().optional() })
  .optional();

const item = z.object({
  position: z.number(),
  job,
  state: z.string(),
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
});
export type Item = z.infer<typeof item>;

/** An operation, as far as a terminal shows it. */
export const operationReply = z.looseObject({
  id: z.string(),
  action: z.string(),
  state: z.enum(['running', 'finished']),
  counts: z.record(z.string(), z.number()),
  items: z.array(item),
});
export type Operation = z.infer<typeof operationReply>;

/** What the policy would say. */
export const rehearsalReply = z.looseObject({
  counts: z.object({ allow: z.number(), deny: z.number() }),
  items: z.array(
    z.object({
      job,
      judgement: z.object({
        effect: z.enum(['allow', 'deny']),
        rule: z.string().optional(),
        code: z.string().optional(),
      }),
    }),
  ),
});
export type Rehearsal = z.infer<typeof rehearsalReply>;

/** RFC 9457. */
export const problemReply = z.object({ detail: z.string(), code: z.string().optional() });

/** How a job is shown: by its name, else by its ids. */
export function nameOf({ job: shown }: Pick<Item, 'job'>): string {
  if (shown === undefined) return '(a job that you may not read)';
  const { alias, servicePrincipalId, jobId } = shown;
  const ids = `${servicePrincipalId}/${jobId ?? '*'}`;
  return alias === undefined ? ids : `${alias} (${ids})`;
}
