import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { timestampOf, type Clock } from '../clock.ts';
import type { ApplicationTokens } from '../entra/application-tokens.ts';
import { type CallerTokens, CallerTokenRequest } from '../entra/caller-token.ts';
import { FederatedAssertionRequest, type FederatedAssertions } from '../entra/federated-assertion.ts';
import type { SeenCredentials, SeenCredentialTexts } from '../entra/seen-credentials.ts';
import { FaultPlan } from '../http/fault.ts';
import type { ArmedFault, Faults } from '../http/faults.ts';
import { type Journal, type JournalEntry, JournalFilter } from '../http/journal.ts';
import { createRsaIdentity, type Identity } from '../keys/identity.ts';
import type { KeyRings } from '../keys/key-rings.ts';
import { SignInControl, type SignInParts } from './sign-in-control.ts';
import type { JobState } from '../world/job-state.ts';
import type { World } from '../world/world.ts';
import {
  FaultReference,
  JobChange,
  JobReference,
  JournalWait,
  KeyAnnouncement,
  KeyRotation,
  Outage,
  OwnershipChange,
  PageSize,
  RoleChange,
  CredentialChange,
  TokenLifetime,
} from './commands.ts';

/** The parts that the control acts on. */
export interface Controlled extends SignInParts {
  readonly rings: KeyRings;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly callerTokens: CallerTokens;
  readonly federatedAssertions: FederatedAssertions;
  readonly applicationTokens: ApplicationTokens;
  readonly seen: SeenCredentials;
  readonly paging: { size: number };
  readonly clock: Clock;
}

const outages = {
  discovery: { operation: 'openid-configuration' },
  jwks: { operation: 'jwks' },
  token: { operation: 'token' },
  graph: { service: 'graph' },
} as const;

/**
 * What a test or a demo may do to the simulated world, and what it may ask. Throws ZodError for input that is not as
 * documented and NotInWorld for things that do not exist.
 */
export class Control extends SignInControl {
  readonly #parts: Controlled;

  constructor(parts: Controlled) {
    super(parts);
    this.#parts = parts;
  }

  /** A caller's token; without arguments the default application's, sound and v2.0. */
  mintToken(request: z.input<typeof CallerTokenRequest> = {}): Promise<string> {
    return this.#parts.callerTokens.mint(CallerTokenRequest.parse(request));
  }

  /** An assertion for workload identity federation. */
  mintFederatedAssertion(request: z.input<typeof FederatedAssertionRequest> = {}): Promise<string> {
    return this.#parts.federatedAssertions.mint(FederatedAssertionRequest.parse(request));
  }

  /** The credentials that passed through Entra, in clear text, to be looked for where they must not be. */
  credentials(): SeenCredentialTexts {
    return this.#parts.seen.all();
  }

  /** Matching requests so far, oldest first. */
  journal(filter: z.input<typeof JournalFilter> = {}): readonly JournalEntry[] {
    return this.#parts.journal.query(JournalFilter.parse(filter));
  }

  /** Resolves once `count` matching requests have arrived, answered or not. */
  whenArrived(wait: z.input<typeof JournalWait>): Promise<readonly JournalEntry[]> {
    const { count, ...filter } = JournalWait.parse(wait);
    return this.#parts.journal.whenArrived(filter, count);
  }

  clearJournal(): void {
    this.#parts.journal.clear();
  }

  /** Arms a fault and returns its id. */
  injectFault(plan: z.input<typeof FaultPlan>): string {
    return this.#parts.faults.inject(FaultPlan.parse(plan));
  }

  /** Breaks every connection to a service until the returned fault is cleared. */
  takeDown(outage: z.input<typeof Outage>): string {
    const { service } = Outage.parse(outage);
    return this.injectFault({ match: outages[service], effect: { kind: 'reset' } });
  }

  faults(): readonly ArmedFault[] {
    return this.#parts.faults.list();
  }

  /** Disarms one fault, or all, and lets go of the requests that it delays. */
  clearFaults(reference: z.input<typeof FaultReference> = {}): void {
    this.#parts.faults.clear(FaultReference.parse(reference).id);
  }

  jobState(reference: z.input<typeof JobReference>): JobState {
    const { tenant, servicePrincipalId, jobId } = JobReference.parse(reference);
    return this.#parts.directory.job(tenant, servicePrincipalId, jobId).state;
  }

  setJobState(change: z.input<typeof JobChange>): void {
    const { tenant, servicePrincipalId, jobId, state } = JobChange.parse(change);
    this.#parts.directory.setJobState(tenant, servicePrincipalId, jobId, state);
  }

  grantRole(change: z.input<typeof RoleChange>): void {
    const { tenant, principal, resource, role } = RoleChange.parse(change);
    this.#parts.directory.grant(tenant, principal, resource, role);
  }

  /** Tokens that were issued before keep the role, as at Entra. */
  revokeRole(change: z.input<typeof RoleChange>): void {
    const { tenant, principal, resource, role } = RoleChange.parse(change);
    this.#parts.directory.revoke(tenant, principal, resource, role);
  }

  grantOwnership(change: z.input<typeof OwnershipChange>): void {
    const { tenant, principal, owner } = OwnershipChange.parse(change);
    this.#parts.directory.addOwner(tenant, principal, owner);
  }

  revokeOwnership(change: z.input<typeof OwnershipChange>): void {
    const { tenant, principal, owner } = OwnershipChange.parse(change);
    this.#parts.directory.removeOwner(tenant, principal, owner);
  }

  /** Publishes a tenant's next signing key and returns its kid. */
  async announceKey(announcement: z.input<typeof KeyAnnouncement> = {}): Promise<string> {
    const { tenant } = KeyAnnouncement.parse(announcement);
    return (await this.#ring(tenant).announce()).kid;
  }

  /** Signs with a new key from now on and returns its kid. */
  async rotateKeys(rotation: z.input<typeof KeyRotation> = {}): Promise<string> {
    const { tenant, retireOld } = KeyRotation.parse(rotation);
    return (await this.#ring(tenant).rotate(retireOld)).kid;
  }

  /** Replaces every secret of an application and returns the new one. */
  rotateSecret(change: z.input<typeof CredentialChange> = {}): string {
    const value = randomBytes(24).toString('base64url');
    this.#parts.directory.application(CredentialChange.parse(change).application).secrets = [{ value }];
    return value;
  }

  /** Lets every secret of an application expire now. */
  expireSecret(change: z.input<typeof CredentialChange> = {}): void {
    const endsAt = timestampOf(this.#parts.clock());
    for (const secret of this.#parts.directory.application(CredentialChange.parse(change).application).secrets) {
      secret.endsAt = endsAt;
    }
  }

  /** Replaces every certificate of an application and returns the new one with its key, both PEM. */
  async rotateCertificate(change: z.input<typeof CredentialChange> = {}): Promise<Identity> {
    const identity = await createRsaIdentity('rotated');
    this.#parts.directory.application(CredentialChange.parse(change).application).certificates = [identity.certificate];
    return identity;
  }

  /** How long tokens of the token endpoint live from now on. Over two hours they carry `refresh_in`. */
  setTokenLifetime(lifetime: z.input<typeof TokenLifetime>): void {
    this.#parts.applicationTokens.lifetime = TokenLifetime.parse(lifetime).seconds;
  }

  /** How many entries Graph puts on a page. */
  setPageSize(page: z.input<typeof PageSize>): void {
    this.#parts.paging.size = PageSize.parse(page).entries;
  }

  /** A copy of everything that Entra and Graph know now. */
  world(): World {
    return this.#parts.directory.snapshot();
  }

  /** Back to the world of the start, without faults and journal. Keys stay as they are. */
  reset(): void {
    this.#parts.directory.reset();
    this.#parts.faults.clear();
    this.#parts.journal.clear();
  }

  #ring(tenant: string) {
    return this.#parts.rings.ofTenant(this.#parts.directory.tenant(tenant).id);
  }
}
