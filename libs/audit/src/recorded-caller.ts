import { type Caller, ClientId, DirectoryRoleId, ObjectId, parseTimestamp, TenantId } from '#kernel';
import { z } from 'zod';
import type { DisclosedValues } from './disclosed-values.ts';
import type { StoredEntry } from './log-store.ts';

const names = z.array(z.string()).default([]);
const text = z.string().optional().catch(undefined);
const time = z.string().transform((value) => parseTimestamp(value) ?? z.NEVER);

const leaf = z.object({
  actor: z.object({
    kind: z.enum(['application', 'user']),
    tid: z.string(),
    app_id: z.string(),
    roles: names,
    scopes: names,
    directory_roles: names,
  }),
  auth: z.object({
    iss: z.string(),
    aud: z.string(),
    ver: z.enum(['1.0', '2.0']),
    iat: time,
    exp: time,
    amr: names,
  }),
});

const personal = z.object({ 'actor.oid': text, 'actor.name': text, 'actor.upn': text });

/** Nobody's object id: stands for one that was erased, so that no rule about a certain person is met by it. */
const erased = '00000000-0000-0000-0000-000000000000';

/**
 * Who made a recorded request, as the token said then. What was erased is missing, and whoever judges by it judges more
 * strictly. Throws when the entry is not a caller's.
 */
export function recordedCaller({ body }: StoredEntry, disclosed: DisclosedValues): Caller {
  const { actor, auth } = leaf.parse(JSON.parse(Buffer.from(body).toString('utf8')));
  const { 'actor.oid': oid, 'actor.name': name, 'actor.upn': username } = personal.parse(disclosed);
  const base = {
    tenantId: TenantId.parse(actor.tid, 'actor.tid'),
    objectId: ObjectId.parse(oid ?? erased, 'actor.oid'),
    clientId: ClientId.parse(actor.app_id, 'actor.app_id'),
    roles: actor.roles,
    token: {
      issuer: auth.iss,
      audience: auth.aud,
      version: auth.ver,
      issuedAt: auth.iat,
      expiresAt: auth.exp,
      authenticationMethods: auth.amr,
    },
  };
  if (actor.kind === 'application') return { kind: 'application', ...base };
  return {
    kind: 'user',
    ...base,
    scopes: actor.scopes,
    directoryRoles: actor.directory_roles.flatMap((role) => DirectoryRoleId.read(role) ?? []),
    ...(name !== undefined && { name }),
    ...(username !== undefined && { username }),
  };
}
