import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Cloud, cloudNames, clouds, graphRootOf } from '../clouds.ts';
import { type Clock, secondsOf } from '../clock.ts';
import { signToken, tokenAlgorithms } from '../keys/json-web-token.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { ids } from '../world/default-world.ts';
import { type Directory, NotInWorld } from '../world/directory.ts';
import { type AccessTokenFacts, accessTokenClaims, opaque, type TokenSubject } from './access-token.ts';

/** Which key signs a caller's token. */
const keyChoices = ['current', 'announced', 'retired', 'other-tenant', 'unknown'] as const;

const Claims = z.record(z.string(), z.unknown());

/** What a caller's token shall be like. Everything has a sound default; every part can be made wrong. */
export const CallerTokenRequest = z.strictObject({
  /** Default: what the resource's registration asks for. */
  version: z.literal([1, 2]).optional(),
  kind: z.enum(['application', 'user', 'id-token']).default('application'),
  cloud: z.enum(cloudNames).optional(),
  tenant: z.string().default(ids.tenant),
  /** appId of the API that the token is for. */
  resource: z.string().default(ids.interlock.appId),
  /** Exact `aud`; `graph` for the cloud's Graph. Default: v1.0 the App ID URI, v2.0 the client id of the resource. */
  audience: z.string().optional(),
  /** Client application (`azp` or `appid`). */
  application: z.string().optional(),
  /** Default for an application: what the world grants it. */
  roles: z.array(z.string()).optional(),
  scopes: z.array(z.string()).default(['Jobs.Read', 'Jobs.Pause', 'Jobs.Start']),
  wids: z.array(z.string()).default([]),
  /** Group ids, or the pointer that replaces more than 200 of them. */
  groups: z.union([z.array(z.string()), z.literal('overage')]).optional(),
  /** Default: as configured on the resource. */
  idtyp: z.boolean().optional(),
  oid: z.string().optional(),
  sub: z.string().optional(),
  name: z.string().default('Ada Vance'),
  username: z.string().default('ada.vance@contoso.example'),
  /** Seconds from now. */
  expiresIn: z.int().default(4500),
  notBeforeIn: z.int().default(0),
  issuedIn: z.int().default(0),
  /** Claims to set or replace, and claims to leave out. */
  claims: Claims.default({}),
  omit: z.array(z.string()).default([]),
  header: Claims.default({}),
  omitHeader: z.array(z.string()).default([]),
  algorithm: z.enum(tokenAlgorithms).default('RS256'),
  key: z.enum(keyChoices).default('current'),
});
export type CallerTokenRequest = z.infer<typeof CallerTokenRequest>;

function without(claims: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
}

function groupClaims(groups: CallerTokenRequest['groups'], tenantId: string, oid: string): Record<string, unknown> {
  if (groups === undefined) return {};
  if (groups !== 'overage') return { groups };
  const endpoint = `https://graph.windows.net/${tenantId}/users/${oid}/getMemberObjects`;
  return { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint } } };
}

/** Signs tokens as callers of Interlock present them: sound ones, and broken ones of every kind. */
export class CallerTokens {
  readonly #directory: Directory;
  readonly #rings: KeyRings;
  readonly #clock: Clock;
  readonly #defaultCloud: Cloud;

  constructor(directory: Directory, rings: KeyRings, clock: Clock, defaultCloud: Cloud) {
    this.#directory = directory;
    this.#rings = rings;
    this.#clock = clock;
    this.#defaultCloud = defaultCloud;
  }

  async mint(request: CallerTokenRequest): Promise<string> {
    const facts = this.#facts(request);
    const key = await this.#key(request.key, facts.tenantId);
    const claims = request.kind === 'id-token' ? this.#idTokenClaims(facts, request) : accessTokenClaims(facts);
    const header = {
      typ: 'JWT',
      alg: request.algorithm,
      kid: key.kid,
      ...(facts.version === 1 ? { x5t: key.kid } : {}),
    };
    return signToken(
      without({ ...header, ...request.header }, request.omitHeader),
      without(
        { ...claims, ...groupClaims(request.groups, facts.tenantId, facts.oid), ...request.claims },
        request.omit,
      ),
      request.algorithm,
      key,
    );
  }

  #facts(request: CallerTokenRequest): AccessTokenFacts {
    const isApplication = request.kind === 'application';
    const resource = this.#directory.findApplication(request.resource);
    const version = request.version ?? resource?.accessTokenVersion ?? 2;
    const cloud = request.cloud === undefined ? this.#defaultCloud : clouds[request.cloud];
    const clientAppId = request.application ?? (isApplication ? ids.hrPortal.appId : ids.console.appId);
    const tenant = this.#directory.findTenant(request.tenant);
    const principal = tenant && this.#directory.findPrincipalOfApp(tenant, clientAppId);
    const granted = principal === undefined ? [] : this.#directory.rolesOn(principal, request.resource);
    const oid = request.oid ?? (isApplication ? (principal?.id ?? randomUUID()) : ids.user);
    const now = secondsOf(this.#clock);
    const ownName = version === 1 ? (resource?.identifierUris[0] ?? request.resource) : request.resource;
    const subject: TokenSubject = isApplication
      ? { kind: 'application' }
      : {
          kind: 'user',
          scopes: request.scopes,
          name: request.name,
          username: request.username,
          wids: request.wids,
        };
    return {
      version,
      cloud,
      tenantId: tenant?.id ?? request.tenant,
      audience: request.audience === 'graph' ? graphRootOf(cloud) : (request.audience ?? ownName),
      clientAppId,
      clientName: this.#directory.findApplication(clientAppId)?.displayName ?? 'An application',
      clientProof: isApplication ? '1' : '0',
      subject,
      oid,
      // Applications have their object id as subject, people a pairwise pseudonym.
      sub: request.sub ?? (isApplication ? oid : opaque()),
      roles: request.roles ?? (isApplication ? granted : []),
      idtyp: request.idtyp ?? resource?.emitsIdtyp ?? true,
      issuedAt: now + request.issuedIn,
      notBefore: now + request.notBeforeIn,
      expiresAt: now + request.expiresIn,
    };
  }

  /** An id token for the resource itself: right issuer, key and audience, but proof of a sign-in, not of a right. */
  #idTokenClaims(facts: AccessTokenFacts, request: CallerTokenRequest): Record<string, unknown> {
    const claims = accessTokenClaims({ ...facts, audience: request.audience ?? request.resource });
    const accessOnly = ['scp', 'azp', 'azpacr', 'appid', 'appidacr', 'app_displayname', 'idtyp', 'acr'];
    return { ...without(claims, accessOnly), nonce: opaque() };
  }

  async #key(choice: CallerTokenRequest['key'], tenantId: string): Promise<SigningKey> {
    const known = this.#directory.findTenant(tenantId);
    const home = known ?? this.#directory.tenant(ids.tenant);
    const ring = this.#rings.ofTenant(home.id);
    switch (choice) {
      case 'current':
        return ring.current;
      case 'announced':
        return ring.announce();
      case 'unknown':
        return this.#rings.unknown();
      case 'retired':
        if (ring.retired === undefined) throw new NotInWorld('no retired key: rotate the keys first');
        return ring.retired;
      case 'other-tenant': {
        const other = this.#directory.tenants().find(({ id }) => id !== home.id);
        if (other === undefined) throw new NotInWorld('no other tenant in this world');
        return this.#rings.ofTenant(other.id).current;
      }
    }
  }
}
