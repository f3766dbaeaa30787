import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, issueServerIdentity } from '../../apps/simulator/src/keys/identity.ts';

/** A certificate for a broker that ends TLS itself. */
export interface BrokerCertificate {
  /** PEM of the CA that clients have to trust. */
  readonly ca: string;
  /** The settings that give it to the broker. */
  readonly settings: { readonly TLS_CERT_FILE: string; readonly TLS_KEY_FILE: string };
}

/** Issues a certificate for the names, from a CA made for it, and writes the broker's part into the folder. */
export async function issueBrokerCertificate(folder: string, names: readonly string[]): Promise<BrokerCertificate> {
  const authority = await createAuthority();
  const { certificate, privateKey } = await issueServerIdentity(authority, names);
  const settings = { TLS_CERT_FILE: join(folder, 'broker.pem'), TLS_KEY_FILE: join(folder, 'broker-key.pem') };
  writeFileSync(settings.TLS_CERT_FILE, certificate);
  writeFileSync(settings.TLS_KEY_FILE, privateKey, { mode: 0o600 });
  return { ca: authority.certificate, settings };
}
