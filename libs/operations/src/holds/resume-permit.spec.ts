import { parseJobRef } from '#kernel';
import { readPolicy } from '#policy';
import { FakeClock, someApplication } from '#testing';
import { judgeResume } from './resume-permit.ts';

const owner = someApplication();
const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
const now = new FakeClock().now();

function permit(...rules: readonly string[]): boolean {
  const text = `
version: 1
jobs: { hr: { servicePrincipalId: ${job.servicePrincipalId}, jobId: job } }
callers: { portal: { tenant: ${owner.tenantId}, application: ${owner.clientId} } }
rules: [${rules.map((rule) => `{ ${rule} }`).join(', ')}]
`;
  const reading = readPolicy(Buffer.from(text), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return judgeResume(reading.policy, owner, job, now).allowed;
}

const mayPause = 'id: may-pause, effect: allow, callers: [portal], actions: [pause], jobs: [hr]';

describe('the start at the end of a hold', () => {
  it('needs no right to start, only a rule that lets the owner pause', () => {
    expect(permit(mayPause)).toBe(true);
  });

  it('does not ask for the justification again, nor for the time of day at which a pause is allowed', () => {
    expect(permit(`${mayPause}, require: { reason: { minLength: 15 }, maxDuration: PT1H }`)).toBe(true);
    expect(permit(`${mayPause}, windows: [{ zone: UTC, days: [sun], from: "01:00", to: "02:00" }]`)).toBe(true);
  });

  it('is forbidden by a freeze of starts, and not by one of pauses', () => {
    expect(permit(mayPause, 'id: freeze, effect: deny, actions: [start], jobs: [hr]')).toBe(false);
    expect(permit(mayPause, 'id: calm, effect: deny, actions: [pause], jobs: [hr]')).toBe(true);
  });

  it('is forbidden when the owner has lost its right to pause', () => {
    expect(permit('id: may-read, effect: allow, callers: [portal], actions: [read], jobs: [hr]')).toBe(false);
  });
});
