// x509 finds its providers through reflected metadata, so the polyfill has to come first.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { isIP } from 'node:net';

/** A certificate and its private key (PKCS#8), both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
}

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const day = 86_400_000;

/** Real time on purpose: TLS peers compare it with their own clock, not with the simulated one. */
function validity(days: number) {
  return { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + days * day) };
}

async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const encoded = await webcrypto.subtle.exportKey('pkcs8', key);
  return `${PemConverter.encode(encoded, 'PRIVATE KEY')}\n`;
}

function certificatePem(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

/** A private certification authority. */
export async function createAuthority(): Promise<Identity> {
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Interlock simulator CA',
    keys,
    signingAlgorithm: ecdsa,
    ...validity(365),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificatePem(certificate), privateKey: await privatePem(keys.privateKey) };
}

/** A TLS server certificate for `names` (host names and IP addresses), issued by `authority`. */
export async function issueServerIdentity(authority: Identity, names: readonly string[]): Promise<Identity> {
  const issuer = new X509Certificate(authority.certificate);
  const [encodedKey] = PemConverter.decode(authority.privateKey);
  if (encodedKey === undefined) throw new TypeError('the authority has no private key');
  const signingKey = await webcrypto.subtle.importKey('pkcs8', encodedKey, ecdsa, false, ['sign']);
  const keys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=Interlock simulator',
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ecdsa,
    ...validity(90),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { certificate: certificatePem(certificate), privateKey: await privatePem(keys.privateKey) };
}

/** An RSA key with a self-signed certificate: how Entra publishes signing keys and how applications register theirs. */
export async function createRsaIdentity(commonName: string): Promise<Identity> {
  const keys = await webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: rsa,
    ...validity(365),
  });
  return { certificate: certificatePem(certificate), privateKey: await privatePem(keys.privateKey) };
}
