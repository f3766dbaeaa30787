import { type Action, actions } from '#kernel';
import { callerLike, identityOf } from '../analysis/known-callers.ts';
import { coverageOf, jobKey, jobOf, type KnownJob } from '../analysis/known-jobs.ts';
import type { CallerEntry } from '../conditions/caller.ts';
import type { PolicyContent } from '../file/policy-document.ts';
import type { RuleSet } from '../rule-set.ts';
import { type Standing, Standings } from './standing.ts';

type Side = Pick<PolicyContent, 'policy' | 'file'>;

/** What becomes of an action of some callers on some jobs. */
export interface Change {
  /** `allowed`: it never was before. `denied`: it never is any more. `changed`: on other terms, or at other times. */
  readonly kind: 'allowed' | 'denied' | 'changed';
  readonly action: Action;
  /** Names in the new policy, or in the old one for those that are only there. */
  readonly callers: readonly string[];
  /** Aliases, likewise; one without job id stands for the jobs that have no entry of their own. */
  readonly jobs: readonly string[];
  readonly before: Standing;
  readonly after: Standing;
}

/**
 * What changes from one policy to another, over the callers × actions × jobs of both. Callers and jobs are compared by
 * what they stand for and not by name, rules by what they say: renaming or reordering changes nothing.
 */
export function diffPolicies(old: Side, candidate: Side): readonly Change[] {
  const [before, after] = [new Standings(old), new Standings(candidate)];
  const changes = new Map<string, Change & { readonly callers: string[] }>();
  const jobs = alike(knownJobs(old, candidate));
  for (const caller of alike(knownCallers(old, candidate))) {
    for (const action of actions) {
      for (const change of changesFor(caller, action, jobs, before, after)) {
        const { kind, jobs: about, before: was, after: is } = change;
        const key = JSON.stringify([action, kind, about, was, is]);
        const known = changes.get(key);
        if (known === undefined) changes.set(key, { ...change, callers: [...caller.names] });
        else known.callers.push(...caller.names);
      }
    }
  }
  return [...changes.values()];
}

/** Callers or jobs of one kind: the same rules are about them, in the old policy and in the new one. */
interface Kind {
  readonly names: readonly string[];
  readonly before: RuleSet;
  readonly after: RuleSet;
  /** Whether rules about others can be added: a person may be several callers at once. */
  readonly isPerson?: boolean;
}

function changesFor(
  caller: Kind,
  action: Action,
  jobs: readonly Kind[],
  before: Standings,
  after: Standings,
): readonly Omit<Change, 'callers'>[] {
  const found = new Map<string, Omit<Change, 'callers'> & { readonly jobs: string[] }>();
  for (const job of jobs) {
    const was = before.of(caller.before, action, job.before);
    const is = after.of(caller.after, action, job.after);
    if (was === is || was.key === is.key) continue;
    const [could, can] = [was.grants.length > 0, is.grants.length > 0];
    if (!could && !can && caller.isPerson !== true) continue;
    const key = JSON.stringify([was, is]);
    const known = found.get(key);
    const kind = could === can ? 'changed' : can ? 'allowed' : 'denied';
    if (known === undefined) found.set(key, { kind, action, jobs: [...job.names], before: was, after: is });
    else known.jobs.push(...job.names);
  }
  return [...found.values()];
}

function knownCallers(old: Side, candidate: Side): readonly Kind[] {
  const entries = new Map<string, readonly [string, CallerEntry]>();
  for (const named of [...candidate.policy.callers, ...old.policy.callers]) {
    const identity = identityOf(named[1]);
    if (!entries.has(identity)) entries.set(identity, named);
  }
  return [...entries.values()].map(([name, entry]) => {
    const caller = callerLike([entry]);
    const rulesBy = ({ policy }: Side): RuleSet => policy.index.callers.identify(caller).rules;
    return { names: [name], before: rulesBy(old), after: rulesBy(candidate), isPerson: entry.kind !== 'application' };
  });
}

function knownJobs(old: Side, candidate: Side): readonly Kind[] {
  const known = new Map<string, readonly [string, KnownJob]>();
  for (const entry of [...candidate.policy.catalog.entries, ...old.policy.catalog.entries]) {
    const job = jobOf(entry);
    if (!known.has(jobKey(job))) known.set(jobKey(job), [entry.alias, job]);
  }
  return [...known.values()].map(([alias, job]) => {
    const rulesBy = ({ policy }: Side): RuleSet => coverageOf(policy.index.jobs, job).rules;
    return { names: [alias], before: rulesBy(old), after: rulesBy(candidate) };
  });
}

/** Puts together what need not be told apart, so that a thousand equal jobs are looked at once. */
function alike(kinds: readonly Kind[]): readonly Kind[] {
  const groups = Map.groupBy(kinds, ({ before, after, isPerson }) => `${before.key} ${after.key} ${String(isPerson)}`);
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ ...first, names: [first, ...rest].flatMap(({ names }) => names) }],
  );
}
