import { createPublicKey, timingSafeEqual } from 'node:crypto';
import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  jwtVerify,
  type ProtectedHeaderParameters,
} from 'jose';
import { cloudsSharingAuthority, issuerOf } from '../clouds.ts';
import type { Clock } from '../clock.ts';
import type { Exchange } from '../http/exchange.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import { thumbprintsOf } from '../keys/signing-key.ts';
import type { Directory } from '../world/directory.ts';
import type { Application, Tenant } from '../world/world.ts';
import { EntraFailure } from './entra-failure.ts';

/** RFC 7523 §2.2. */
export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function malformed(): EntraFailure {
  return new EntraFailure(50027, 'The client assertion is malformed or lacks a required claim.');
}

function translated(error: unknown): EntraFailure {
  if (error instanceof errors.JWTExpired) {
    return new EntraFailure(700024, 'The client assertion is not within its valid time range.');
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') {
    return new EntraFailure(700024, 'The client assertion is not within its valid time range.');
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    return new EntraFailure(700023, 'The audience of the client assertion is not this token service.');
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new EntraFailure(700027, 'The client assertion failed signature validation.');
  }
  return malformed();
}

/** What an unverified assertion says about itself. */
interface Claimed {
  readonly header: ProtectedHeaderParameters;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

function decoded(assertion: string): { readonly header: ProtectedHeaderParameters; readonly claims: JWTPayload } {
  try {
    return { header: decodeProtectedHeader(assertion), claims: decodeJwt(assertion) };
  } catch {
    throw malformed();
  }
}

function read(assertion: string): Claimed {
  const { header, claims } = decoded(assertion);
  const { iss, sub, aud } = claims;
  if (iss === undefined || sub === undefined || aud === undefined) throw malformed();
  return { header, issuer: iss, subject: sub, audiences: typeof aud === 'string' ? [aud] : aud };
}

/** How the token service checks that a client is who it says. */
export class ClientCredentials {
  readonly #directory: Directory;
  readonly #rings: KeyRings;
  readonly #clock: Clock;

  constructor(directory: Directory, rings: KeyRings, clock: Clock) {
    this.#directory = directory;
    this.#rings = rings;
    this.#clock = clock;
  }

  /** By client_secret. Refuses with 7000215, or 7000222 when the secret was right once. */
  bySecret(application: Application, secret: string): void {
    const known = application.secrets.find(({ value }) => sameText(value, secret));
    if (known === undefined) throw new EntraFailure(7000215, 'The client secret is not valid.');
    if (known.endsAt !== undefined && Date.parse(known.endsAt) <= this.#clock()) {
      throw new EntraFailure(7000222, `The client secret keys of app '${application.appId}' have expired.`);
    }
  }

  /** By client_assertion: signed with a registered certificate, or by an issuer that the application trusts. */
  async byAssertion(exchange: Exchange, tenant: Tenant, application: Application, assertion: string): Promise<void> {
    if (read(assertion).issuer === application.appId)
      await this.#byCertificate(exchange, tenant, application, assertion);
    else await this.#byFederation(exchange, application, assertion);
  }

  async #byCertificate(exchange: Exchange, tenant: Tenant, application: Application, assertion: string): Promise<void> {
    const { header, subject } = read(assertion);
    if (subject !== application.appId) {
      throw new EntraFailure(700021, "The application in the client assertion does not match 'client_id'.");
    }
    const certificate = application.certificates.find((registered) => {
      const thumbprints = thumbprintsOf(registered);
      return header.x5t === thumbprints.sha1 || header['x5t#S256'] === thumbprints.sha256;
    });
    if (certificate === undefined) {
      throw new EntraFailure(700027, 'The client assertion is signed with a key that is not registered.');
    }
    const authority = `https://${exchange.site.cloud.loginHost}`;
    const audience = [exchange.origin, authority].flatMap((base) =>
      [tenant.id, tenant.domain].flatMap((name) => [`${base}/${name}/oauth2/v2.0/token`, `${base}/${name}/v2.0`]),
    );
    try {
      await jwtVerify(assertion, createPublicKey(certificate), {
        algorithms: ['RS256', 'PS256'],
        audience,
        requiredClaims: ['exp', 'jti'],
        ...this.#time(),
      });
    } catch (error) {
      throw translated(error);
    }
  }

  async #byFederation(exchange: Exchange, application: Application, assertion: string): Promise<void> {
    const { issuer, subject, audiences } = read(assertion);
    const trusted = application.federatedCredentials.find(
      (known) => known.issuer === issuer && known.subject === subject && audiences.includes(known.audience),
    );
    if (trusted === undefined) {
      throw new EntraFailure(
        70021,
        'No matching federated identity record found for presented assertion. ' +
          `Assertion Issuer: '${issuer}'. Assertion Subject: '${subject}'. Assertion Audience: '${audiences.join(' ')}'.`,
      );
    }
    const ring = this.#ringOf(exchange, issuer);
    try {
      await jwtVerify(
        assertion,
        ({ kid = '' }) => {
          const key = ring.find(kid);
          if (key === undefined) throw new errors.JWSSignatureVerificationFailed();
          return key.publicKey;
        },
        { algorithms: ['RS256'], requiredClaims: ['exp'], ...this.#time() },
      );
    } catch (error) {
      throw translated(error);
    }
  }

  /** MSAL rounds `nbf` up to the next second, and clients' clocks differ: Entra forgives five minutes. */
  #time() {
    return { currentDate: new Date(this.#clock()), clockTolerance: 300 };
  }

  #ringOf(exchange: Exchange, issuer: string) {
    const authorities = cloudsSharingAuthority(exchange.site.cloud);
    const tenant = this.#directory
      .tenants()
      .find(({ id }) => authorities.some((cloud) => issuerOf(cloud, id, 2) === issuer));
    return tenant === undefined ? this.#rings.workload : this.#rings.ofTenant(tenant.id);
  }
}
