import { type Action, type EpochMillis, readJobId, ServicePrincipalId } from '#kernel';
import { someApplication } from '#testing';
import { type CompiledRule, staticTraces } from './compiled-rule.ts';
import type { RuleCondition } from './conditions/rule-condition.ts';
import type { Condition, PolicyRequest } from './decision.ts';
import { JobCatalog } from './job-catalog.ts';
import { Policy } from './policy.ts';

const caller = someApplication();
const principal = ServicePrincipalId.parse('70000000-0000-4000-8000-000000000000', 'servicePrincipalId');

function asking(): PolicyRequest {
  const at = Date.parse('2026-11-23T10:00:00Z') as EpochMillis;
  return { caller, action: 'pause', servicePrincipalId: principal, jobId: readJobId('one')!, justification: {}, at };
}

describe('a failure while judging', () => {
  const failing = (name: Condition): RuleCondition => ({
    name,
    mendable: true,
    holds: () => {
      throw new RangeError('secret');
    },
    explain: () => ({ expected: '', got: '' }),
  });
  const rule = (id: string, effect: 'allow' | 'deny', conditions: readonly RuleCondition[] = []): CompiledRule => ({
    id,
    effect,
    actions: ['pause'],
    jobs: effect === 'deny' ? 'any' : 'catalog',
    conditions,
    traces: staticTraces({ id, effect, actions: ['pause'] }),
  });
  const policyWith = (...rules: readonly CompiledRule[]) =>
    new Policy({
      sha256: '',
      catalog: new JobCatalog([{ alias: 'first', servicePrincipalId: principal, tags: [] }]),
      callers: new Map(),
      rules,
    });

  it.each(['during', 'window', 'reason', 'ticket', 'duration'] as const)(
    'of %s denies the request and names the rule, whatever else matches',
    (name) => {
      for (const effect of ['allow', 'deny'] as const) {
        const broken = rule('broken', effect, [failing(name)]);
        const policy = policyWith(rule('yes', 'allow'), rule('no', 'deny'), broken, rule('yes-too', 'allow'));
        const decision = policy.evaluate(asking());
        expect(decision).toMatchObject({ effect: 'deny', code: 'evaluation_error', rule: 'broken', unmet: [] });
        expect(decision.trace[2]).toEqual({
          rule: 'broken',
          effect,
          failed: { condition: 'error', got: `RangeError while judging ${name}` },
        });
        expect(decision.trace[3]).toEqual({ rule: 'yes-too', effect: 'allow' });
      }
    },
  );

  const thrower = (key: keyof PolicyRequest) =>
    Object.defineProperty({ ...asking() }, key, {
      enumerable: true,
      get: () => {
        throw new TypeError('secret');
      },
    });

  it.each([
    ['action', thrower('action')],
    ['job', thrower('jobId')],
    ['caller', thrower('caller')],
    ['justification', thrower('justification')],
    ['an action that is none', { ...asking(), action: 'delete' as Action }],
    ['no roles', { ...asking(), caller: { ...caller, kind: 'user' as const } as unknown as PolicyRequest['caller'] }],
    ['no time', { ...asking(), at: Number.NaN as EpochMillis }],
    ['a time that has no date', { ...asking(), at: 9e15 as EpochMillis }],
  ])('of %s denies the request', (_, request) => {
    const decision = policyWith(rule('yes', 'allow'), rule('no', 'deny')).evaluate(request);
    expect(decision).toMatchObject({ effect: 'deny', code: 'evaluation_error', rule: 'yes', unmet: [] });
    expect(decision.trace.map(({ failed }) => failed?.condition)).toEqual(['error', 'error']);
    expect(decision.relevant).toEqual(decision.trace);
    expect(JSON.stringify(decision)).not.toContain('secret');
  });
});
