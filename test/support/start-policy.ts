import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';

const entry = ({ servicePrincipalId, jobId }: { servicePrincipalId: string; jobId: string }): string =>
  `{ servicePrincipalId: ${servicePrincipalId}, jobId: ${jobId} }`;

/** A policy that lets the HR portal pause and start; the mail job even out of quarantine, the HR job not. */
export const startPolicy = `
version: 1
jobs:
  hr-inbound: ${entry(jobs.hrInbound)}
  mail: ${entry(jobs.quarantined)}
  not-owned: ${entry(jobs.notOwned)}
  cross-tenant: ${entry(jobs.crossTenant)}
  ticketing: { servicePrincipalId: ${jobs.scim.servicePrincipalId}, tags: [scim] }
callers:
  hr-portal: { tenant: ${ids.tenant}, application: ${ids.hrPortal.appId} }
rules:
  - id: may-read-and-pause
    effect: allow
    callers: [hr-portal]
    actions: [read, pause]
    jobs: [hr-inbound, mail, ticketing, not-owned]
  - id: may-start
    effect: allow
    callers: [hr-portal]
    actions: [start]
    jobs: [hr-inbound, ticketing, not-owned]
    require: { ticket: { pattern: "CHG[0-9]{7}" } }
  - id: may-start-mail-out-of-quarantine
    effect: allow
    callers: [hr-portal]
    actions: [start]
    jobs: [mail]
    startQuarantined: true
`;
