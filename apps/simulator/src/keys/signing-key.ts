import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createRsaIdentity, type Identity } from './identity.ts';

/** A key as Entra publishes it. v2.0 documents add `issuer`. */
export interface PublishedKey {
  readonly kty: 'RSA';
  readonly use: 'sig';
  readonly kid: string;
  readonly x5t: string;
  readonly n: string;
  readonly e: string;
  readonly x5c: readonly string[];
  readonly issuer?: string;
}

/** An RSA signing key. Its `kid` is the SHA-1 thumbprint of its certificate, as at Entra. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly published: PublishedKey;
}

/** base64url thumbprints of a PEM certificate, as in the `x5t` and `x5t#S256` header parameters (RFC 7515 §4.1.7-8). */
export function thumbprintsOf(certificate: string): { readonly sha1: string; readonly sha256: string } {
  const der = new X509Certificate(certificate).raw;
  const digest = (algorithm: string) => createHash(algorithm).update(der).digest('base64url');
  return { sha1: digest('sha1'), sha256: digest('sha256') };
}

export function signingKeyOf(identity: Identity): SigningKey {
  const publicKey = createPublicKey(identity.certificate);
  const { n, e } = publicKey.export({ format: 'jwk' });
  if (n === undefined || e === undefined) throw new TypeError('a signing key has to be RSA');
  const kid = thumbprintsOf(identity.certificate).sha1;
  const x5c = [new X509Certificate(identity.certificate).raw.toString('base64')];
  return {
    kid,
    privateKey: createPrivateKey(identity.privateKey),
    publicKey,
    published: { kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, x5c },
  };
}

export async function createSigningKey(): Promise<SigningKey> {
  return signingKeyOf(await createRsaIdentity('accounts.accesscontrol.windows.net'));
}
