import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';

/** The policy of the end-to-end suites: the HR portal may hold HR jobs with a reason and a ticket. */
export const testPolicy = `
version: 1
jobs:
  hr-inbound: { servicePrincipalId: ${jobs.hrInbound.servicePrincipalId}, jobId: ${jobs.hrInbound.jobId}, tags: [hr] }
  scim: { servicePrincipalId: ${jobs.scim.servicePrincipalId}, jobId: ${jobs.scim.jobId} }
  not-owned: { servicePrincipalId: ${jobs.notOwned.servicePrincipalId}, jobId: ${jobs.notOwned.jobId} }
callers:
  hr-portal: { tenant: ${ids.tenant}, application: ${ids.hrPortal.appId} }
  sync-admins: { tenant: ${ids.tenant}, directoryRole: HybridIdentityAdministrator }
rules:
  - id: hr-portal-may-read
    effect: allow
    callers: [hr-portal, sync-admins]
    actions: [read]
    jobs: [hr-inbound, scim]
  - id: hr-portal-may-hold-hr
    effect: allow
    callers: [hr-portal, sync-admins]
    actions: [pause]
    jobs: ["tag:hr", not-owned]
    require: { reason: { minLength: 15 }, ticket: { pattern: "CHG[0-9]{7}" } }
  - id: nobody-starts-hr
    effect: deny
    actions: [start]
    jobs: ["tag:hr"]
`;

/** A justification that the policy above accepts. */
export const goodJustification = { reason: 'HR import would disable half of sales', ticket: 'CHG0012345' };
