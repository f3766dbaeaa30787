import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';

const principals = [...new Set(Object.values(jobs).map(({ servicePrincipalId }) => servicePrincipalId))];

/** A policy that lets the HR portal do everything, out of quarantine too: what then fails, fails at Graph. */
export const faultPolicy = `
version: 1
jobs:
${principals.map((id, n) => `  target-${String(n + 1)}: { servicePrincipalId: ${id}, tags: [all] }`).join('\n')}
callers:
  hr-portal: { tenant: ${ids.tenant}, application: ${ids.hrPortal.appId} }
rules:
  - id: may-all
    effect: allow
    callers: [hr-portal]
    actions: [read, pause, start]
    jobs: ["tag:all"]
    startQuarantined: true
`;
