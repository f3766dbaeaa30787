import { z } from 'zod';
import { ids } from '../world/default-world.ts';
import { graphAppId } from '../world/graph-app-roles.ts';
import { JobState } from '../world/job-state.ts';
import { JournalFilter } from '../http/journal.ts';

const tenant = z.string().default(ids.tenant);

/** Names one job. */
export const JobReference = z.strictObject({ tenant, servicePrincipalId: z.string(), jobId: z.string() });

export const JobChange = JobReference.extend({ state: JobState });

/** An app role of a resource, by default one of Graph, for a service principal, by default Interlock's. */
export const RoleChange = z.strictObject({
  tenant,
  principal: z.string().default(ids.interlock.principalId),
  resource: z.string().default(graphAppId),
  role: z.string(),
});

/** Ownership of a service principal, by default Interlock's. */
export const OwnershipChange = z.strictObject({
  tenant,
  principal: z.string(),
  owner: z.string().default(ids.interlock.principalId),
});

export const KeyRotation = z.strictObject({
  tenant,
  /** Whether the old key leaves the published set at once, as in an emergency rollover. */
  retireOld: z.boolean().default(true),
});

export const KeyAnnouncement = z.strictObject({ tenant });

export const CredentialChange = z.strictObject({ application: z.string().default(ids.interlock.appId) });

export const TokenLifetime = z.strictObject({ seconds: z.int().positive() });

export const PageSize = z.strictObject({ entries: z.int().positive() });

export const FaultReference = z.strictObject({ id: z.string().optional() });

export const Outage = z.strictObject({
  /** `discovery` is OIDC metadata, `jwks` the keys, `token` the token endpoint, `graph` all of Graph. */
  service: z.enum(['discovery', 'jwks', 'token', 'graph']),
});

export const JournalWait = JournalFilter.extend({ count: z.int().positive().default(1) });
