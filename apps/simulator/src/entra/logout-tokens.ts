import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Cloud, issuerOf } from '../clouds.ts';
import { type Clock, secondsOf } from '../clock.ts';
import { signToken } from '../keys/json-web-token.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import { ids } from '../world/default-world.ts';
import { subjectOf } from './user-tokens.ts';

const Claims = z.record(z.string(), z.unknown());

/** What a logout token shall be like: about a session or a person, sound unless told otherwise. */
export const LogoutTokenRequest = z.strictObject({
  tenant: z.string().default(ids.tenant),
  /** Client that is to sign somebody out. */
  application: z.string().default(ids.console.appId),
  /** Entra's session. */
  sid: z.string().optional(),
  /** Object id of a person, all of whose sessions are meant. */
  user: z.string().optional(),
  /** Claims and header parameters to set or replace. */
  claims: Claims.default({}),
  header: Claims.default({}),
});
export type LogoutTokenRequest = z.infer<typeof LogoutTokenRequest>;

/** Signs logout tokens. @see https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken */
export class LogoutTokens {
  readonly #rings: KeyRings;
  readonly #clock: Clock;
  readonly #cloud: Cloud;

  constructor(rings: KeyRings, clock: Clock, cloud: Cloud) {
    this.#rings = rings;
    this.#clock = clock;
    this.#cloud = cloud;
  }

  mint({ tenant, application, sid, user, claims, header }: LogoutTokenRequest): string {
    const key = this.#rings.ofTenant(tenant).current;
    const now = secondsOf(this.#clock);
    const sound = {
      iss: issuerOf(this.#cloud, tenant, 2),
      aud: application,
      iat: now,
      exp: now + 120,
      jti: randomUUID(),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      ...(sid === undefined ? {} : { sid }),
      ...(user === undefined ? {} : { sub: subjectOf(user, application) }),
    };
    const typed = { typ: 'logout+jwt', alg: 'RS256', kid: key.kid, ...header };
    return signToken(typed, { ...sound, ...claims }, 'RS256', key);
  }
}
