import { type Caller, holdsRight, rights } from '#kernel';
import type { Entitlements, Prospect } from '#operations';
import { z } from 'zod';

const prospect = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('allowed'), rule: z.string().describe('The rule of the policy that allows it.') }),
  z.object({
    verdict: z.literal('needs'),
    rule: z.string().optional(),
    needs: z.array(z.string()).describe('What the request must bring, such as `ticket: must match CHG[0-9]{7}`.'),
  }),
  z.object({ verdict: z.literal('denied'), code: z.string().describe('Stable reason, as a request would get it.') }),
]);

/** Reply of `GET /api/me`. */
export const myStandingSchema = z.object({
  caller: z
    .object({
      kind: z.enum(['application', 'user']),
      tenantId: z.string(),
      objectId: z.string(),
      clientId: z.string().describe('The client application that presented the token.'),
      name: z.string().optional(),
      username: z.string().optional(),
      roles: z.array(z.string()),
      scopes: z.array(z.string()).optional(),
      directoryRoles: z.array(z.string()).optional(),
    })
    .describe('Who Interlock takes you for, from your token.'),
  rights: z.array(z.enum(rights)).describe('What your token lets you ask for at all.'),
  knownAs: z.array(z.string()).describe('Names under which the policy knows you.'),
  jobs: z
    .array(
      z.object({
        alias: z.string(),
        servicePrincipalId: z.string(),
        jobId: z.string().optional().describe('Absent: any job of the service principal.'),
        tags: z.array(z.string()),
        actions: z.object({ read: prospect, pause: prospect, start: prospect }),
      }),
    )
    .describe('Jobs of the catalog that some rule lets you act on, judged now, as if without a justification.'),
  policySha256: z.string(),
});

export type MyStanding = z.infer<typeof myStandingSchema>;

export function myStanding(caller: Caller, { knownAs, jobs, policySha256 }: Entitlements): MyStanding {
  return {
    caller: callerView(caller),
    rights: rights.filter((right) => holdsRight(caller, right)),
    knownAs: [...knownAs],
    jobs: jobs.map(({ entry, actions: { read, pause, start } }) => ({
      alias: entry.alias,
      servicePrincipalId: entry.servicePrincipalId,
      ...(entry.jobId !== undefined && { jobId: entry.jobId }),
      tags: [...entry.tags],
      actions: { read: prospectView(read), pause: prospectView(pause), start: prospectView(start) },
    })),
    policySha256,
  };
}

function callerView(caller: Caller): MyStanding['caller'] {
  const { kind, tenantId, objectId, clientId } = caller;
  const base = { kind, tenantId, objectId, clientId, roles: [...caller.roles] };
  if (caller.kind === 'application') return base;
  return {
    ...base,
    ...(caller.name !== undefined && { name: caller.name }),
    ...(caller.username !== undefined && { username: caller.username }),
    scopes: [...caller.scopes],
    directoryRoles: [...caller.directoryRoles],
  };
}

function prospectView(prospect: Prospect): z.infer<typeof myStandingSchema>['jobs'][number]['actions']['read'] {
  return prospect.verdict === 'needs' ? { ...prospect, needs: [...prospect.needs] } : prospect;
}
