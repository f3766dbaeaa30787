import type { Configuration } from '#config';
import type { CredentialConfig } from '#graph';

/** Joins the showable and the secret part of the credential. */
export function credentialOf({ config, secrets }: Configuration): CredentialConfig {
  const { tenantId, clientId, credential } = config.microsoft;
  switch (credential.kind) {
    case 'managed-identity':
      return { kind: 'managed-identity', clientId };
    case 'workload-identity':
      return { kind: 'workload-identity', tenantId, clientId, tokenFile: credential.tokenFile };
    case 'federated-identity':
      return { kind: 'federated-identity', tenantId, clientId, managedIdentityClientId: credential.identityClientId };
    case 'certificate': {
      const { certificatePassword } = secrets;
      return {
        kind: 'certificate',
        tenantId,
        clientId,
        path: credential.certificatePath,
        sendChain: credential.sendCertificateChain,
        ...(certificatePassword !== undefined && { password: () => certificatePassword }),
      };
    }
    case 'secret':
      return { kind: 'secret', tenantId, clientId, secret: () => secrets.clientSecret ?? '' };
  }
}
