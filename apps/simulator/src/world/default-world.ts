import { graphAppId, graphAppRoles } from './graph-app-roles.ts';
import { peopleOf } from './people.ts';
import { World } from './world.ts';

/** Fixed ids of the default world, for tests and for the demo. */
export const ids = {
  tenant: 'c0000000-0000-4000-8000-000000000001',
  otherTenant: 'f0000000-0000-4000-8000-000000000001',
  graphPrincipal: '90000000-0000-4000-8000-000000000001',
  /** Interlock: the API that callers ask tokens for and the holder of the Graph credential. */
  interlock: { appId: 'a0000000-0000-4000-8000-000000000001', principalId: 'b0000000-0000-4000-8000-000000000001' },
  hrPortal: { appId: 'a0000000-0000-4000-8000-000000000002', principalId: 'b0000000-0000-4000-8000-000000000002' },
  /** A caller without a single app role. */
  stranger: { appId: 'a0000000-0000-4000-8000-000000000003', principalId: 'b0000000-0000-4000-8000-000000000003' },
  /** A user-facing client; it acts for people. */
  console: { appId: 'a0000000-0000-4000-8000-000000000004', principalId: 'b0000000-0000-4000-8000-000000000004' },
  /** A caller whose home is the other tenant. */
  fabrikamOps: { appId: 'a0000000-0000-4000-8000-000000000005', principalId: 'b0000000-0000-4000-8000-000000000005' },
  /** Principal id of the user-assigned managed identity that stands for Interlock by federation. */
  managedIdentity: 'b0000000-0000-4000-8000-000000000009',
  managedIdentityClient: 'a0000000-0000-4000-8000-000000000009',
  user: '80000000-0000-4000-8000-000000000001',
} as const;

/** Secret of Interlock's registration in the default world. Opens nothing but this simulator. */
export const interlockSecret = 'interlock-simulation-only';
export const hrPortalSecret = 'hr-portal-simulation-only';
export const consoleSecret = 'console-simulation-only';
/** Where the console of the default world is; `allowRedirect` adds others. */
export const consoleUrl = 'https://console.example';

const tenantHex = ids.tenant.replaceAll('-', '');
const target = (n: number) => `d0000000-0000-4000-8000-00000000000${n}`;
const instance = (n: number) => `e0000000-0000-4000-8000-00000000000${n}`;
const jobId = (template: string, n: number) => `${template}.${tenantHex}.${instance(n)}`;

/** The provisioning jobs of the default world by what they are for. */
export const jobs = {
  hrInbound: { servicePrincipalId: target(1), jobId: jobId('Workday2AAD', 1) },
  scim: { servicePrincipalId: target(2), jobId: jobId('scim', 2) },
  /** A second job of the same service principal, never started. */
  scimDraft: { servicePrincipalId: target(2), jobId: jobId('customappsso', 3) },
  crossTenant: { servicePrincipalId: target(3), jobId: jobId('Azure2Azure', 4) },
  quarantined: { servicePrincipalId: target(4), jobId: jobId('gsuite', 5) },
  /** Exists, but Interlock does not own it. */
  notOwned: { servicePrincipalId: target(5), jobId: jobId('dataBricks', 6) },
} as const;

const interlockRoles = [
  'Jobs.Read',
  'Jobs.Pause',
  'Jobs.Start',
  'Holds.Override',
  'Jobs.Approve',
  'Audit.Read',
  'Policy.Read',
  'Audit.Disclose',
].map((value, n) => ({ value, id: `70000000-0000-4000-8000-00000000000${n + 1}` }));

/** App id and object id differ only in their first digit, so that mixing them up shows. */
const objectIdOf = (appId: string) => appId.replace(/^a/, '6');

const application = (app: { appId: string }, displayName: string, homeTenant: string = ids.tenant) => ({
  appId: app.appId,
  objectId: objectIdOf(app.appId),
  homeTenant,
  displayName,
});

const interlock = {
  ...application(ids.interlock, 'Interlock'),
  identifierUris: ['api://interlock'],
  appRoles: interlockRoles,
  secrets: [{ value: interlockSecret }],
  federatedCredentials: [
    {
      issuer: `https://login.microsoftonline.com/${ids.tenant}/v2.0`,
      subject: ids.managedIdentity,
      audience: 'api://AzureADTokenExchange',
    },
    {
      issuer: 'https://oidc.cluster.example/',
      subject: 'system:serviceaccount:interlock:interlock',
      audience: 'api://AzureADTokenExchange',
    },
  ],
};

const grant = (n: number, resourceAppId: string, role: string) => ({
  id: `50000000-0000-4000-8000-00000000000${n}`,
  resourceAppId,
  role,
});

const targetPrincipal = (
  n: number,
  displayName: string,
  targetJobs: object[],
  owners: string[] = [ids.interlock.principalId],
) => ({
  id: target(n),
  appId: `a1000000-0000-4000-8000-00000000000${n}`,
  displayName,
  owners,
  jobs: targetJobs,
});

const active = { kind: 'active' };
const tooManyDeletes = { kind: 'quarantined', quarantine: { reason: 'TooManyDeletes' } };
const job = (ref: { jobId: string }, state: object = active, cadence = 40) => ({
  id: ref.jobId,
  templateId: ref.jobId.replace(/\..*/, ''),
  cadence,
  state,
});

/** A fresh copy of the default world: one tenant with jobs of every kind, a second tenant, and callers in both. */
export function defaultWorld(): World {
  return World.parse({
    applications: [
      {
        ...application({ appId: graphAppId }, 'Microsoft Graph'),
        objectId: '60000000-0000-4000-8000-00000000000f',
        accessTokenVersion: 1,
        appRoles: [...graphAppRoles],
      },
      interlock,
      { ...application(ids.hrPortal, 'HR portal'), secrets: [{ value: hrPortalSecret }] },
      { ...application(ids.stranger, 'Stranger'), secrets: [{ value: 'stranger-simulation-only' }] },
      {
        ...application(ids.console, 'Interlock console'),
        secrets: [{ value: consoleSecret }],
        redirectUris: [`${consoleUrl}/session/callback`, `${consoleUrl}/`],
      },
      {
        ...application(ids.fabrikamOps, 'Fabrikam operations', ids.otherTenant),
        secrets: [{ value: 'fabrikam-simulation-only' }],
      },
    ],
    tenants: [
      {
        id: ids.tenant,
        domain: 'contoso.example',
        displayName: 'Contoso',
        users: [
          { id: ids.user, displayName: 'Ada Vance', userPrincipalName: 'ada.vance@contoso.example' },
          ...peopleOf(ids.interlock.appId),
        ],
        servicePrincipals: [
          { id: ids.graphPrincipal, appId: graphAppId, displayName: 'Microsoft Graph' },
          {
            id: ids.interlock.principalId,
            appId: ids.interlock.appId,
            displayName: 'Interlock',
            grants: [grant(1, graphAppId, 'Application.ReadWrite.OwnedBy')],
          },
          {
            id: ids.hrPortal.principalId,
            appId: ids.hrPortal.appId,
            displayName: 'HR portal',
            grants: [grant(2, ids.interlock.appId, 'Jobs.Read'), grant(3, ids.interlock.appId, 'Jobs.Pause')],
          },
          { id: ids.stranger.principalId, appId: ids.stranger.appId, displayName: 'Stranger' },
          { id: ids.console.principalId, appId: ids.console.appId, displayName: 'Interlock console' },
          {
            id: ids.managedIdentity,
            appId: ids.managedIdentityClient,
            displayName: 'interlock-identity',
            managedIdentity: 'user-assigned',
          },
          targetPrincipal(1, 'Workday to Entra ID', [job(jobs.hrInbound)]),
          targetPrincipal(2, 'Ticketing (SCIM)', [job(jobs.scim), job(jobs.scimDraft, { kind: 'created' })]),
          targetPrincipal(
            3,
            'Cross-tenant to Fabrikam',
            [job(jobs.crossTenant)],
            [ids.interlock.principalId, ids.user],
          ),
          targetPrincipal(4, 'Mail directory', [job(jobs.quarantined, tooManyDeletes)]),
          targetPrincipal(5, 'Data platform', [job(jobs.notOwned)], [ids.user]),
        ],
      },
      {
        id: ids.otherTenant,
        domain: 'fabrikam.example',
        displayName: 'Fabrikam',
        servicePrincipals: [
          { id: '90000000-0000-4000-8000-000000000002', appId: graphAppId, displayName: 'Microsoft Graph' },
          { id: 'b0000000-0000-4000-8000-000000000011', appId: ids.interlock.appId, displayName: 'Interlock' },
          {
            id: ids.fabrikamOps.principalId,
            appId: ids.fabrikamOps.appId,
            displayName: 'Fabrikam operations',
            grants: [grant(4, ids.interlock.appId, 'Jobs.Read')],
          },
        ],
      },
    ],
  });
}
