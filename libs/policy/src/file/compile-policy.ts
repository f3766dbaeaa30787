import { actions, type RateLimit } from '#kernel';
import { type CompiledRule, staticTraces } from '../compiled-rule.ts';
import { DuringCondition } from '../conditions/during.ts';
import { DurationCondition } from '../conditions/duration.ts';
import type { JobSelection } from '../conditions/job.ts';
import { ReasonCondition } from '../conditions/reason.ts';
import type { RuleCondition } from '../conditions/rule-condition.ts';
import { TicketCondition } from '../conditions/ticket.ts';
import { WindowCondition } from '../conditions/window.ts';
import { type CatalogEntry, JobCatalog } from '../job-catalog.ts';
import { Policy } from '../policy.ts';
import type { PolicyFile } from './policy-shape.ts';
import type { LimitInFile, RuleInFile } from './rule-schema.ts';

/** Makes a policy of a file whose shape and references are right. */
export function compilePolicy(file: PolicyFile, sha256: string): Policy {
  const catalog = new JobCatalog(
    Object.entries(file.jobs ?? {}).map(([alias, job]) => ({ tags: [], ...job, alias }) satisfies CatalogEntry),
  );
  const rules = file.rules.map((rule) => compileRule(rule, catalog));
  return new Policy({ sha256, catalog, callers: new Map(Object.entries(file.callers ?? {})), rules });
}

function compileRule(rule: RuleInFile, catalog: JobCatalog): CompiledRule {
  const { id, effect, callers } = rule;
  const about = rule.actions ?? actions;
  return Object.freeze({
    id,
    effect,
    actions: about,
    jobs: selectionOf(rule, catalog),
    ...(callers !== undefined && { callers: new Set(callers) }),
    conditions: conditionsOf(rule),
    ...(rule.effect === 'allow' && rule.startQuarantined === true && { startQuarantined: true as const }),
    ...(rule.effect === 'allow' && rule.breakGlass === true && { breakGlass: true as const }),
    ...(rule.effect === 'allow' && rule.limit !== undefined && { limit: limitOf(rule.limit) }),
    traces: staticTraces({ ...rule, actions: about }),
  });
}

function limitOf({ requests, per }: LimitInFile): RateLimit {
  return { requests, perMillis: per.millis };
}

function selectionOf({ effect, jobs = ['*'] }: RuleInFile, catalog: JobCatalog): JobSelection {
  if (jobs.includes('*')) return effect === 'allow' ? 'catalog' : 'any';
  const wanted = new Set(jobs);
  const isWanted = ({ alias, tags }: CatalogEntry) => wanted.has(alias) || tags.some((tag) => wanted.has(`tag:${tag}`));
  return new Set(catalog.entries.filter(isWanted));
}

/** In the order in which they are judged and explained. */
function conditionsOf(rule: RuleInFile): readonly RuleCondition[] {
  const conditions: RuleCondition[] = [];
  if (rule.during !== undefined) conditions.push(new DuringCondition(rule.during));
  if (rule.windows !== undefined) conditions.push(new WindowCondition(rule.windows));
  const minLength = reasonLengthOf(rule);
  const { ticket, maxDuration } = (rule.effect === 'allow' ? rule.require : undefined) ?? {};
  if (minLength !== undefined) conditions.push(new ReasonCondition(minLength));
  if (ticket !== undefined) conditions.push(new TicketCondition(ticket.pattern));
  if (maxDuration !== undefined) conditions.push(new DurationCondition(maxDuration));
  return conditions;
}

/** How long a reason the rule asks for; glass is never broken without one. */
export function reasonLengthOf(rule: RuleInFile): number | undefined {
  if (rule.effect === 'deny') return undefined;
  return rule.require?.reason?.minLength ?? (rule.breakGlass === true ? 1 : undefined);
}
