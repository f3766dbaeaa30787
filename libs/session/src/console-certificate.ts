import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { EpochMillis } from '#kernel';

/** A certificate that is registered at Entra, with its private key as PKCS#8 PEM. */
export interface ConsoleCertificate {
  /** SHA-256 of the certificate, in base64url. */
  readonly thumbprint: string;
  readonly privateKey: string;
  /** From then on Entra refuses it. */
  readonly endsAt: EpochMillis;
}

/** The certificate and its unencrypted RSA key out of one PEM text; undefined when it holds anything else. */
export function parseConsoleCertificate(pem: string): ConsoleCertificate | undefined {
  try {
    const certificate = new X509Certificate(pem);
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'rsa' || !certificate.checkPrivateKey(key)) return undefined;
    return {
      thumbprint: Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
      privateKey: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
      endsAt: certificate.validToDate.getTime() as EpochMillis,
    };
  } catch {
    return undefined;
  }
}
