import type { ClientId } from '#kernel';
import type { SettingsCheck } from './settings-check.ts';
import type { CredentialConfig } from './config.ts';

/** How Interlock proves to Entra that it is itself, with what that kind of credential needs. */
export function readCredential(check: SettingsCheck): CredentialConfig {
  const { values } = check.environment;
  const kind = check.required('INTERLOCK_CREDENTIAL') as CredentialConfig['kind'] | '';
  switch (kind) {
    case 'secret':
      check.required('AZURE_CLIENT_SECRET', ' (INTERLOCK_CREDENTIAL is secret)');
      return { kind };
    case 'certificate':
      return {
        kind,
        certificatePath: check.required('AZURE_CLIENT_CERTIFICATE_PATH', ' (INTERLOCK_CREDENTIAL is certificate)'),
        sendCertificateChain: values.AZURE_CLIENT_SEND_CERTIFICATE_CHAIN === 'true',
      };
    case 'workload-identity':
      return { kind, tokenFile: check.required('AZURE_FEDERATED_TOKEN_FILE') };
    case 'federated-identity':
      refuseWorkloadToken(check);
      return { kind, identityClientId: check.required('INTERLOCK_IDENTITY_CLIENT_ID') as ClientId };
    case 'managed-identity':
      refuseWorkloadToken(check);
      return { kind };
    case '':
      return { kind: 'managed-identity' };
  }
}

/** @azure/identity takes its presence for workload identity, and would use that in place of the managed identity. */
function refuseWorkloadToken(check: SettingsCheck): void {
  if (check.environment.values.AZURE_FEDERATED_TOKEN_FILE === undefined) return;
  check.add('AZURE_FEDERATED_TOKEN_FILE', 'contradiction', 'is for INTERLOCK_CREDENTIAL=workload-identity only');
}
