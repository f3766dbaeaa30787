import { type EpochMillis, toTimestamp } from '#kernel';
import { timesOf } from '../analysis/rule-times.ts';
import type { RuleInFile } from '../file/rule-schema.ts';
import type { Policy } from '../policy.ts';
import { appliesEver } from './applies-ever.ts';
import type { Remark } from './finding.ts';

/** What is odd about a rule by itself. `void` tells that it can never apply, so that no more need be said of it. */
export function remarksOnRule(
  rule: RuleInFile,
  position: number,
  policy: Policy,
  now: EpochMillis,
): { readonly remarks: readonly Remark[]; readonly void: boolean } {
  const path = ['rules', position] as const;
  const never = neverApplies(rule, path, policy, now);
  if (never !== undefined) return { remarks: [never], void: true };
  const remarks = [tooWide(rule, path), brokenGlass(rule, path)].filter((remark) => remark !== undefined);
  return { remarks, void: false };
}

type Place = readonly ['rules', number];

function neverApplies(rule: RuleInFile, path: Place, policy: Policy, now: EpochMillis): Remark | undefined {
  const times = timesOf(rule);
  const end = times.periods?.at(-1)?.[1] ?? Infinity;
  const base = { severity: 'warning', at: 'value' } as const;
  if (end <= now) {
    const message = `rule "${rule.id}" ended at ${toTimestamp(end as EpochMillis)}`;
    return {
      ...base,
      path: [...path, 'during'],
      code: 'expired',
      message,
      advice: 'remove the rule, or extend "during"',
    };
  }
  if (!appliesEver(times, rule.windows)) {
    const message = `rule "${rule.id}" never applies: no moment is in its periods and in its windows`;
    return {
      ...base,
      path: [...path, 'windows'],
      code: 'never_applies',
      message,
      advice: 'mend "during" or "windows"',
    };
  }
  if (rule.effect === 'allow' && policy.catalog.entries.length === 0) {
    const message = `rule "${rule.id}" covers no job: the catalog is empty`;
    return { ...base, path: [...path, 'jobs'], code: 'covers_no_job', message, advice: 'name the jobs under "jobs"' };
  }
  return undefined;
}

function tooWide(rule: RuleInFile, path: Place): Remark | undefined {
  if (rule.wide === true) return undefined;
  const base = { code: 'too_wide', severity: 'warning' } as const;
  if (rule.effect === 'allow' && rule.jobs.includes('*')) {
    return {
      ...base,
      path: [...path, 'jobs'],
      at: 'value',
      message: `rule "${rule.id}" allows ${rule.actions.join(', ')} of every job, also of those added later`,
      advice: 'name jobs or tags, or add "wide: true" if every job is meant',
    };
  }
  if (rule.effect === 'deny' && rule.jobs === undefined) {
    return {
      ...base,
      path,
      at: 'value',
      message: `rule "${rule.id}" names no jobs, so it denies every job`,
      advice: `add "jobs: ['*']" or "wide: true" if every job is meant`,
    };
  }
  return undefined;
}

function brokenGlass(rule: RuleInFile, path: Place): Remark | undefined {
  if (rule.effect === 'deny' || rule.breakGlass !== true || rule.require?.reason !== undefined) return undefined;
  return {
    path: [...path, 'breakGlass'],
    at: 'key',
    code: 'break_glass_without_reason',
    severity: 'warning',
    message: `rule "${rule.id}" lets break the glass with any reason, even of one character`,
    advice: 'add "require: { reason: { minLength: 15 } }"',
  };
}
