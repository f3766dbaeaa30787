import { readFileSync } from 'node:fs';
import { type ConsoleCertificate, parseConsoleCertificate } from '#session';
import { type CryptoKey, importPKCS8 } from 'jose';
import { type ClientAuth, ClientSecretPost, modifyAssertion, PrivateKeyJwt } from 'openid-client';
import { StartupError } from '../start/startup-error.ts';

/** How the console's registration proves itself to Entra. */
export type ConsoleCredential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly certificate: ConsoleCertificate };

/** Reads certificate and key from one PEM file; throws a {@link StartupError}. */
export function loadConsoleCertificate(file: string): ConsoleCertificate {
  const certificate = parseConsoleCertificate(readPem(file));
  if (certificate !== undefined) return certificate;
  const what = 'must hold a certificate and its unencrypted RSA key';
  throw new StartupError([`INTERLOCK_CONSOLE_CERTIFICATE_PATH  invalid: ${file} ${what}`]);
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new StartupError([`INTERLOCK_CONSOLE_CERTIFICATE_PATH  unreadable: cannot read ${file}`]);
  }
}

/**
 * Client authentication at the token endpoint. Entra finds the certificate by its thumbprint in the assertion's header
 * and wants the endpoint as audience.
 * @see https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export async function clientAuthOf(credential: ConsoleCredential, tokenEndpoint: string): Promise<ClientAuth> {
  if (credential.kind === 'secret') return ClientSecretPost(credential.secret);
  const { privateKey, thumbprint } = credential.certificate;
  const key: CryptoKey = await importPKCS8(privateKey, 'PS256');
  return PrivateKeyJwt(key, {
    [modifyAssertion]: (header, payload) => {
      header['x5t#S256'] = thumbprint;
      payload['aud'] = tokenEndpoint;
    },
  });
}
