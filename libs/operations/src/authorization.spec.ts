import { type Policy, readPolicy } from '#policy';
import { FakeClock, MemoryRecorder, someApplication, someRequest } from '#testing';
import { parseJobRef } from '#kernel';
import { Authorization } from './authorization.ts';
import { ShadowPolicy } from './shadow-policy.ts';

const caller = someApplication();
const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');

function policyOf(rules: string): Policy {
  const text = `
version: 1
jobs: { hr: { servicePrincipalId: ${job.servicePrincipalId}, jobId: job } }
callers: { portal: { tenant: ${caller.tenantId}, application: ${caller.clientId} } }
rules:
${rules}`;
  const reading = readPolicy(Buffer.from(text), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.policy;
}

const may = (more = '') =>
  policyOf(`  - { id: may, effect: allow, callers: [portal], actions: [pause, start], jobs: [hr]${more} }`);
const none = policyOf('  - { id: none, effect: deny }');
const asked = { request: someRequest(), caller, justification: { reason: 'because' } };

function setUp(live: Policy, shadowed: () => Policy | undefined = () => undefined) {
  const audit = new MemoryRecorder();
  const shadow = new ShadowPolicy(shadowed);
  return { audit, shadow, authorization: new Authorization(() => live, audit, new FakeClock(), shadow) };
}

describe('broken glass', () => {
  const glass = may(', breakGlass: true');

  it('raises its alarm before anything else is recorded, and marks what is recorded', async () => {
    const { audit, authorization } = setUp(glass);
    const { judged } = await authorization.authorize('pause', job, asked);
    expect(judged.decision).toMatchObject({ effect: 'allow', rule: 'may', breakGlass: true });
    expect(audit.events).toEqual([{ type: 'policy.break_glass_used', ...judged }]);
  });

  it('does not let through what it cannot raise its alarm about', async () => {
    const { audit, authorization } = setUp(glass);
    audit.away = () => true;
    await expect(authorization.authorize('pause', job, asked)).rejects.toMatchObject({ code: 'audit_unavailable' });
  });

  it('raises no alarm when it is only looked at, nor without a reason', async () => {
    const { audit, authorization } = setUp(glass);
    expect(authorization.judge('pause', job, asked).effect).toBe('allow');
    expect(audit.events).toEqual([]);
    const silent = authorization.authorize('pause', job, { ...asked, justification: {} });
    await expect(silent).rejects.toMatchObject({ code: 'requirement_missing' });
    expect(audit.types).toEqual(['request.denied']);
  });

  it('marks nothing where no glass was broken', async () => {
    const { audit, authorization } = setUp(may());
    const { judged } = await authorization.authorize('pause', job, asked);
    expect(judged.decision).not.toHaveProperty('breakGlass');
    expect(audit.events).toEqual([]);
  });
});

describe('a shadow policy', () => {
  it('is recorded where it would deny, and applied to nothing', async () => {
    const { authorization, shadow } = setUp(may(), () => none);
    const { judged } = await authorization.authorize('pause', job, asked);
    expect(judged.decision).toMatchObject({
      effect: 'allow',
      shadow: { effect: 'deny', rule: 'none', denyCode: 'denied_by_rule', policySha256: none.sha256 },
    });
    expect(shadow.counts).toEqual({ agreed: 0, would_allow: 0, would_deny: 1, otherwise: 0, failed: 0 });
  });

  it('is recorded in the denial where it would allow', async () => {
    const { authorization, audit, shadow } = setUp(none, () => may());
    await expect(authorization.authorize('pause', job, asked)).rejects.toMatchObject({ code: 'denied_by_rule' });
    expect(audit.events).toMatchObject([{ decision: { shadow: { effect: 'allow', rule: 'may' } } }]);
    expect(shadow.counts.would_allow).toBe(1);
  });

  it('is recorded where it would start out of quarantine and the live one would not', async () => {
    const { authorization, shadow } = setUp(may(), () => may(', startQuarantined: true'));
    const { judged } = await authorization.authorize('start', job, asked);
    expect(judged.decision.shadow).toMatchObject({ effect: 'allow' });
    expect(shadow.counts.otherwise).toBe(1);
  });

  it('leaves no trace where it agrees, or is not there', async () => {
    for (const shadowed of [() => may(', description: another file'), () => undefined]) {
      const { judged } = await setUp(may(), shadowed).authorization.authorize('pause', job, asked);
      expect(judged.decision).not.toHaveProperty('shadow');
    }
  });

  it('cannot hurt a request, whatever becomes of it', async () => {
    const broken = () => {
      throw new RangeError('broken');
    };
    const { authorization, shadow } = setUp(may(), broken);
    const { judged } = await authorization.authorize('pause', job, asked);
    expect(judged.decision).not.toHaveProperty('shadow');
    expect(shadow.counts.failed).toBe(1);
  });
});
