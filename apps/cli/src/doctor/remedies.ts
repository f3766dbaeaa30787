import { type AppRoleAssignment, clouds, ownedByRole } from '#graph';
import type { ClientId, CloudName, ObjectId, ServicePrincipalId } from '#kernel';
import type { Remedy } from './finding.ts';

/** appId of Microsoft Graph in every tenant. */
const graphAppId = '00000003-0000-0000-c000-000000000000';

/**
 * The commands that mend what is wrong at Microsoft, for an administrator to read and paste. Interlock itself never
 * does any of it: it has no right to, and must not have. Every value in them is a GUID or an id that was checked.
 */
export class Remedies {
  readonly #graph: string;
  readonly #clientId: ClientId;

  constructor(cloud: CloudName, clientId: ClientId) {
    this.#graph = `${clouds[cloud].graphRoot}/v1.0`;
    this.#clientId = clientId;
  }

  /** @see https://learn.microsoft.com/graph/api/serviceprincipal-post-owners */
  own(target: ServicePrincipalId, us: ObjectId): Remedy {
    const reference = `${this.#graph}/directoryObjects/${us}`;
    return {
      az: `az rest --method POST --url '${this.#graph}/servicePrincipals/${target}/owners/$ref' --headers 'Content-Type=application/json' --body '{"@odata.id":"${reference}"}'`,
      powershell: `New-MgServicePrincipalOwnerByRef -ServicePrincipalId '${target}' -BodyParameter @{ '@odata.id' = '${reference}' }`,
    };
  }

  /** @see https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignments */
  grantOwnedBy(us: ObjectId | undefined): Remedy {
    const az = us ?? `$(az ad sp show --id ${this.#clientId} --query id --output tsv)`;
    const mg = us === undefined ? `(Get-MgServicePrincipal -Filter "appId eq '${this.#clientId}'").Id` : `'${us}'`;
    const body = `{\\"principalId\\":\\"${az}\\",\\"resourceId\\":\\"$(az ad sp show --id ${graphAppId} --query id --output tsv)\\",\\"appRoleId\\":\\"${ownedByRole.id}\\"}`;
    return {
      az: `az rest --method POST --url "${this.#graph}/servicePrincipals/${az}/appRoleAssignments" --headers "Content-Type=application/json" --body "${body}"`,
      powershell: `New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId ${mg} -PrincipalId ${mg} -ResourceId (Get-MgServicePrincipal -Filter "appId eq '${graphAppId}'").Id -AppRoleId '${ownedByRole.id}'`,
    };
  }

  /** @see https://learn.microsoft.com/graph/api/serviceprincipal-delete-approleassignments */
  revoke(assignment: AppRoleAssignment, us: ObjectId): Remedy {
    return {
      az: `az rest --method DELETE --url '${this.#graph}/servicePrincipals/${us}/appRoleAssignments/${assignment.id}'`,
      powershell: `Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId '${us}' -AppRoleAssignmentId '${assignment.id}'`,
    };
  }

  createPrincipal(): Remedy {
    return {
      az: `az ad sp create --id ${this.#clientId}`,
      powershell: `New-MgServicePrincipal -AppId '${this.#clientId}'`,
    };
  }

  /** What helps against the code with which Entra refused a token, where one is known. */
  tokenRefused(entraCode: string | undefined): Remedy {
    const id = this.#clientId;
    switch (entraCode ?? '') {
      case 'AADSTS7000215':
      case 'AADSTS7000222':
        return {
          az: `az ad app credential reset --id ${id} --append --display-name interlock --query password --output tsv`,
          powershell: `(Add-MgApplicationPassword -ApplicationId (Get-MgApplication -Filter "appId eq '${id}'").Id -PasswordCredential @{ DisplayName = 'interlock' }).SecretText`,
          note: 'then give the new secret as AZURE_CLIENT_SECRET_FILE; better, use a credential without a secret',
        };
      case 'AADSTS700016':
        return this.createPrincipal();
      case 'AADSTS700027':
        return { az: `az ad app credential reset --id ${id} --append --cert @certificate.pem` };
      case 'AADSTS70021':
      case 'AADSTS700211':
      case 'AADSTS700212':
      case 'AADSTS700213':
        return {
          az: `az ad app federated-credential list --id ${id}`,
          note: 'issuer, subject and audience must equal those of the federated token, letter by letter',
        };
      case 'AADSTS90002':
        return {
          az: 'az account show --query tenantId --output tsv',
          note: 'AZURE_TENANT_ID names no tenant of this cloud',
        };
      default:
        return { note: 'the code is explained at https://login.microsoftonline.com/error' };
    }
  }
}
