import { coverageOf, jobOf } from '../analysis/known-jobs.ts';
import type { PolicyDocument } from '../file/policy-document.ts';
import { RuleSet } from '../rule-set.ts';
import type { Remark } from './finding.ts';

/** Callers that no rule names, and jobs about which no rule allows anything. */
export function unusedNames({ policy, file }: PolicyDocument): readonly Remark[] {
  const named = new Set(file.rules.flatMap(({ callers = [] }) => callers));
  const idle = [...policy.callers.keys()].filter((name) => !named.has(name));
  const allows = RuleSet.where(file.rules.length, (rule) => file.rules[rule]?.effect === 'allow');
  const barred = policy.catalog.entries.filter((entry) => {
    const { rules } = coverageOf(policy.index.jobs, jobOf(entry));
    return RuleSet.common(rules, allows, allows).length === 0;
  });
  const base = { severity: 'note', at: 'key' } as const;
  return [
    ...idle.map((name): Remark => {
      const message = `no rule names the caller "${name}"`;
      return {
        ...base,
        path: ['callers', name],
        code: 'unused_caller',
        message,
        advice: 'name it in a rule, or remove it',
      };
    }),
    ...barred.map(({ alias }): Remark => {
      const message = `no rule allows anything about the job "${alias}"`;
      return {
        ...base,
        path: ['jobs', alias],
        code: 'unused_job',
        message,
        advice: 'cover it by a rule, or remove it',
      };
    }),
  ];
}
