import type { ClientId, TenantId } from '#kernel';
import type { Configuration } from './read-config.ts';

interface AppRegistration {
  readonly tenantId: TenantId;
  readonly clientId: ClientId;
}

/** How Interlock proves itself to Entra, secrets included as functions. The Graph library takes it as it is. */
export type GraphCredential =
  | { readonly kind: 'managed-identity'; readonly clientId: ClientId }
  | (AppRegistration & { readonly kind: 'workload-identity'; readonly tokenFile: string })
  | (AppRegistration & { readonly kind: 'federated-identity'; readonly managedIdentityClientId: ClientId })
  | (AppRegistration & {
      readonly kind: 'certificate';
      readonly path: string;
      readonly sendChain: boolean;
      readonly password?: () => string;
    })
  | (AppRegistration & { readonly kind: 'secret'; readonly secret: () => string });

/** Joins the showable and the secret part of the credential, for the broker and the command line alike. */
export function graphCredential({ config, secrets }: Configuration): GraphCredential {
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
