import { type EpochMillis, ObjectId } from '#kernel';
import type { SelfKnowledge } from '#operations';
import { readPolicy } from '#policy';
import { StandingChecks } from './standing-checks.ts';

const principal = (n: number) => `d0000000-0000-4000-8000-00000000000${n}`;
const policyText = `
version: 1
jobs: { hr: { servicePrincipalId: ${principal(1)} }, scim: { servicePrincipalId: ${principal(2)} } }
rules: [{ id: nobody-starts, effect: deny, actions: [start] }]
`;
const reading = readPolicy(Buffer.from(policyText), 'policy.yaml');
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
const { catalog } = reading.policy;

const known = <Value>(value: Value) => ({ known: true, value, at: 0 as EpochMillis }) as const;
const unknown = (reason: string) => ({ known: false, reason }) as const;

function checks(parts: Partial<SelfKnowledge>) {
  const knowledge: SelfKnowledge = {
    principal: known(ObjectId.parse('b0000000-0000-4000-8000-000000000001', 'principal')),
    roles: known([{ role: 'Application.ReadWrite.OwnedBy' }]),
    owned: known(new Set([principal(1), principal(2)])),
    ...parts,
  };
  const standing = new StandingChecks(() => knowledge, ['Application.ReadWrite.OwnedBy']);
  return { credential: standing.credential(), ownership: standing.ownership(catalog) };
}

describe('our standing at Microsoft, as readiness', () => {
  it('is fine with OwnedBy and all service principals owned', () => {
    expect(checks({})).toEqual({ credential: { status: 'ok' }, ownership: { status: 'ok' } });
  });

  it('fails with a role too many, by name', () => {
    const roles = known([{ role: 'Application.ReadWrite.OwnedBy' }, { role: 'Directory.ReadWrite.All' }]);
    expect(checks({ roles }).credential).toEqual({
      status: 'failed',
      detail: expect.stringMatching(/INTERLOCK_ALLOWED_GRAPH_ROLES.*: Directory\.ReadWrite\.All$/),
    });
  });

  it('fails without any role that pauses', () => {
    expect(checks({ roles: known([]) }).credential.status).toBe('failed');
  });

  it('warns of a service principal that is not owned while another one is', () => {
    expect(checks({ owned: known(new Set([principal(1)])) }).ownership).toEqual({
      status: 'warning',
      detail: `does not own ${principal(2)}`,
    });
  });

  it('fails when none is owned', () => {
    expect(checks({ owned: known(new Set<string>()) }).ownership.status).toBe('failed');
  });

  it('only warns of what could not be found out, so that an outage of Microsoft takes no replica away', () => {
    const away = unknown('connect_failed');
    const expected = { status: 'warning', detail: 'could not be checked: connect_failed' };
    expect(checks({ roles: away, owned: away })).toEqual({ credential: expected, ownership: expected });
  });

  it('fails before the first check has ended', () => {
    const never = unknown('not_checked_yet');
    const expected = { status: 'failed', detail: 'not checked yet' };
    expect(checks({ roles: never, owned: never })).toEqual({ credential: expected, ownership: expected });
  });
});
