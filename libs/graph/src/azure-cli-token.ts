import { CredentialUnavailable } from './credential-unavailable.ts';

/**
 * An access token for the scope of whoever is signed in to the Azure CLI (`az login`): for people at a terminal, never
 * for the broker. Throws {@link CredentialUnavailable}.
 */
export async function azureCliToken(scope: string): Promise<string> {
  const { AzureCliCredential } = await import('@azure/identity');
  try {
    return (await new AzureCliCredential().getToken(scope)).token;
  } catch (cause) {
    throw new CredentialUnavailable('The Azure CLI gives no token. Is somebody signed in (az login)?', undefined, {
      cause,
    });
  }
}
