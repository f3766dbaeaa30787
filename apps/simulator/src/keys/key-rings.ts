import { createRsaIdentity, type Identity } from './identity.ts';
import type { IdentityFiles } from './identity-files.ts';
import { KeyRing } from './key-ring.ts';
import { createSigningKey, type SigningKey, signingKeyOf } from './signing-key.ts';

/**
 * The keys of every issuer. Each tenant has its own, so that a token signed by another tenant is told apart by its
 * key; the workload issuer stands for Kubernetes and other identity providers that applications federate with.
 */
export class KeyRings {
  readonly #tenants: ReadonlyMap<string, KeyRing>;
  readonly workload: KeyRing;
  #unknown: Promise<SigningKey> | undefined;

  private constructor(tenants: ReadonlyMap<string, KeyRing>, workload: KeyRing) {
    this.#tenants = tenants;
    this.workload = workload;
  }

  static async create(tenantIds: readonly string[], files: IdentityFiles): Promise<KeyRings> {
    const ring = async (name: string) => new KeyRing(signingKeyOf(await files.obtain(name, () => makeKey(name))));
    const [workload, ...rings] = await Promise.all([
      ring('workload-issuer'),
      ...tenantIds.map(async (id) => [id, await ring(`signing-${id}`)] as const),
    ]);
    return new KeyRings(new Map(rings), workload);
  }

  ofTenant(tenantId: string): KeyRing {
    const ring = this.#tenants.get(tenantId);
    if (ring === undefined) throw new TypeError(`no keys for tenant ${tenantId}`);
    return ring;
  }

  all(): readonly KeyRing[] {
    return [...this.#tenants.values()];
  }

  /** A key that no one ever published. */
  unknown(): Promise<SigningKey> {
    return (this.#unknown ??= createSigningKey());
  }
}

function makeKey(name: string): Promise<Identity> {
  return createRsaIdentity(name);
}
