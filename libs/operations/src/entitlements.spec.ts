import { type ApplicationCaller, type JobRef, parseJobRef } from '#kernel';
import { readPolicy } from '#policy';
import { FakeClock, someApplication } from '#testing';
import { EntitlementReader } from './entitlements.ts';

const caller = someApplication();
const stranger = someApplication(2);
const hr: JobRef = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
const scim = 'd0000000-0000-4000-8000-000000000002';
const policyText = `
version: 1
jobs:
  hr: { servicePrincipalId: ${hr.servicePrincipalId}, jobId: job, tags: [hr] }
  scim: { servicePrincipalId: ${scim} }
  secret: { servicePrincipalId: d0000000-0000-4000-8000-000000000003 }
callers: { portal: { tenant: ${caller.tenantId}, application: ${caller.clientId} } }
rules:
  - { id: may-read, effect: allow, callers: [portal], actions: [read], jobs: [hr, scim] }
  - { id: may-pause, effect: allow, callers: [portal], actions: [pause], jobs: [hr], require: { ticket: { pattern: 'CHG[0-9]+' } } }
  - id: may-pause-by-day
    effect: allow
    callers: [portal]
    actions: [pause]
    jobs: [scim]
    windows: [{ zone: UTC, from: '12:00', to: '18:00' }]
  - { id: nobody-starts, effect: deny, actions: [start] }
`;
const reading = readPolicy(Buffer.from(policyText), 'policy.yaml');
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
const { policy } = reading;

const entitlementsOf = (who: ApplicationCaller) => new EntitlementReader(() => policy, new FakeClock()).of(who);
const everyRight = { ...caller, roles: ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'] };

describe('what a caller may do', () => {
  it('is told job by job: allowed, with what it needs, or why not', () => {
    expect(entitlementsOf(everyRight)).toMatchObject({
      policySha256: policy.sha256,
      knownAs: ['portal'],
      jobs: [
        {
          entry: { alias: 'hr' },
          actions: {
            read: { verdict: 'allowed', rule: 'may-read' },
            pause: { verdict: 'needs', rule: 'may-pause', needs: ['ticket: must match CHG[0-9]+'] },
            start: { verdict: 'denied', code: 'denied_by_rule' },
          },
        },
        { entry: { alias: 'scim' }, actions: { pause: { verdict: 'denied', code: 'outside_window' } } },
      ],
    });
  });

  it('leaves out jobs that no rule opens to the caller, so that a stranger learns nothing of the catalog', () => {
    expect(entitlementsOf(everyRight).jobs.map(({ entry }) => entry.alias)).not.toContain('secret');
    expect(entitlementsOf(stranger)).toMatchObject({ knownAs: [], jobs: [] });
  });

  it('is nothing that the token has no right for, whatever the policy says', () => {
    const [job] = entitlementsOf({ ...caller, roles: ['Jobs.Pause'] }).jobs;

    expect(job?.actions.read).toEqual({ verdict: 'denied', code: 'insufficient_scope' });
    expect(job?.actions.pause.verdict).toBe('needs');
  });
});
