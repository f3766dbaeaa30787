import { type CryptoKey, importJWK } from 'jose';
import { z } from 'zod';
import type { TenantId } from '#kernel';

/** A public key that may sign tokens. As long as its JWK stays the same it is the same object, over all refreshes. */
export interface SigningKey {
  readonly kid: string;
  readonly modulus: string;
  readonly key: CryptoKey;
}

const modulus = z.base64url().refine((n) => {
  const bytes = Buffer.from(n, 'base64url');
  const first = bytes[0] ?? 0;
  return first > 0 && bytes.length * 8 - Math.clz32(first << 24) >= 2048 && bytes.length <= 1024;
}, 'not an RSA modulus of 2048 to 8192 bits');

/** RFC 7517 and, as `issuer`, Entra's own member: whose tokens a key of a shared set may sign. */
const jwkSchema = z.object({
  kty: z.literal('RSA'),
  use: z.literal('sig'),
  kid: z.string().min(1),
  alg: z.literal('RS256').optional(),
  n: modulus,
  /** 65537, as Entra uses throughout. A smaller exponent would weaken the signature check. */
  e: z.literal('AQAB'),
  issuer: z.string().optional(),
});

const jwksSchema = z.object({ keys: z.array(z.unknown()).max(100) });

/**
 * The usable keys of a JWK Set, by `kid`: RSA of at least 2048 bits, for signatures, not bound to another tenant. Other
 * keys are left out, since Entra may publish kinds that we do not know. Throws when the set is not one or none is left.
 */
export async function readSigningKeys(
  jwks: unknown,
  tenantId: TenantId,
  previous: ReadonlyMap<string, SigningKey> = new Map(),
): Promise<ReadonlyMap<string, SigningKey>> {
  const usable = new Map<string, SigningKey>();
  for (const candidate of jwksSchema.parse(jwks).keys) {
    const jwk = jwkSchema.safeParse(candidate).data;
    if (jwk === undefined || !isFor(tenantId, jwk.issuer)) continue;
    const known = previous.get(jwk.kid);
    const unchanged = known?.modulus === jwk.n;
    usable.set(jwk.kid, unchanged ? known : await importKey(jwk));
  }
  if (usable.size === 0) throw new TypeError('the key set holds no usable key');
  return usable;
}

async function importKey(jwk: z.output<typeof jwkSchema>): Promise<SigningKey> {
  const { kid, n, e } = jwk;
  // Only the public members are handed on, so that a set which leaks a private key does not make us hold it.
  const key = await importJWK({ kty: 'RSA', n, e }, 'RS256');
  return { kid, modulus: n, key };
}

/** Sets shared by tenants name an issuer per key: a template for organisations, the personal tenant's for its own keys. */
function isFor(tenantId: TenantId, issuer: string | undefined): boolean {
  return issuer === undefined || issuer.includes('{tenantid}') || issuer.toLowerCase().includes(tenantId);
}
