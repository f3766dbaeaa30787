import { z } from 'zod';
import { JobState } from './job-state.ts';

const Guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .toLowerCase();

/** An app role that a resource offers. */
export const AppRole = z.strictObject({ id: Guid, value: z.string() });

export const ClientSecret = z.strictObject({
  value: z.string().min(1),
  /** When it stops to work, RFC 3339; absent for never. */
  endsAt: z.iso.datetime().optional(),
});

/** Whose assertions stand for the application (workload identity federation). Matching is exact and case-sensitive. */
export const FederatedCredential = z.strictObject({ issuer: z.string(), subject: z.string(), audience: z.string() });

/** An app registration. */
export const Application = z.strictObject({
  appId: Guid,
  objectId: Guid,
  homeTenant: Guid,
  displayName: z.string(),
  identifierUris: z.array(z.string()).default([]),
  /** `api.requestedAccessTokenVersion`: the shape of tokens *for* this application. */
  accessTokenVersion: z.literal([1, 2]).default(2),
  /** Whether `idtyp` is configured as an optional claim of its tokens. */
  emitsIdtyp: z.boolean().default(true),
  appRoles: z.array(AppRole).default([]),
  secrets: z.array(ClientSecret).default([]),
  /** PEM certificates whose keys may sign client assertions. */
  certificates: z.array(z.string()).default([]),
  federatedCredentials: z.array(FederatedCredential).default([]),
  /** Where people may be sent after they signed in or out. */
  redirectUris: z.array(z.string()).default([]),
});
export type Application = z.infer<typeof Application>;

export const Job = z.strictObject({
  id: z.string().min(1),
  templateId: z.string(),
  /** Minutes between two cycles. */
  cadence: z.int().positive().default(40),
  state: JobState,
  /** Attribute mappings, once someone has written them. */
  schema: z.unknown().optional(),
});
export type Job = z.infer<typeof Job>;

/** An app role given to a service principal: the resource's appId and the role's value. */
export const Grant = z.strictObject({ id: Guid, resourceAppId: Guid, role: z.string() });
export type Grant = z.infer<typeof Grant>;

/** An enterprise application. */
export const ServicePrincipal = z.strictObject({
  id: Guid,
  appId: Guid,
  displayName: z.string(),
  /** A managed identity of the Azure host that Interlock runs on; absent for applications. */
  managedIdentity: z.enum(['system-assigned', 'user-assigned']).optional(),
  /** Object ids of its owners. */
  owners: z.array(Guid).default([]),
  grants: z.array(Grant).default([]),
  jobs: z.array(Job).default([]),
  /** Keys of the target's credentials that someone has written. */
  synchronizationSecrets: z.array(z.string()).default([]),
});
export type ServicePrincipal = z.infer<typeof ServicePrincipal>;

export const User = z.strictObject({
  id: Guid,
  displayName: z.string(),
  userPrincipalName: z.string(),
  /** App roles given to the person. */
  grants: z.array(z.strictObject({ resourceAppId: Guid, role: z.string() })).default([]),
});
export type User = z.infer<typeof User>;

export const Tenant = z.strictObject({
  id: Guid,
  domain: z.string(),
  displayName: z.string(),
  servicePrincipals: z.array(ServicePrincipal),
  users: z.array(User).default([]),
});
export type Tenant = z.infer<typeof Tenant>;

/** Everything that Entra and Graph know. Plain data: what a test needs differently it changes before the start. */
export const World = z.strictObject({ applications: z.array(Application), tenants: z.array(Tenant) });
export type World = z.infer<typeof World>;
