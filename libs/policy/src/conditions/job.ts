import type { JobId, ServicePrincipalId } from '#kernel';
import type { CatalogEntry, CataloguedPrincipal, JobCatalog } from '../job-catalog.ts';
import { RuleSet } from '../rule-set.ts';

/** Which jobs a rule is about: any at all (deny only), any of the catalog, or those of some entries. */
export type JobSelection = 'any' | 'catalog' | ReadonlySet<CatalogEntry>;

/** A rule as far as this condition needs it. */
export interface JobRule {
  readonly effect: 'allow' | 'deny';
  readonly jobs: JobSelection;
}

/** What the policy knows of a job, or of a service principal as a whole. */
export interface Coverage {
  readonly alias?: string;
  readonly rules: RuleSet;
}

interface PrincipalCoverage {
  readonly jobs: ReadonlyMap<JobId, Coverage>;
  /** Jobs without an entry of their own. */
  readonly others: Coverage;
  /** The question "any job of this service principal". */
  readonly whole: Coverage;
}

/** Which rules cover a job. */
export class JobIndex {
  readonly #principals = new Map<ServicePrincipalId, PrincipalCoverage>();
  /** Of jobs of a service principal that the catalog does not know. */
  readonly uncatalogued: Coverage;

  constructor(catalog: JobCatalog, rules: readonly JobRule[]) {
    const where = (includes: (rule: JobRule) => boolean): RuleSet =>
      RuleSet.where(rules.length, (index) => rules[index] !== undefined && includes(rules[index]));
    this.uncatalogued = { rules: where((rule) => rule.jobs === 'any') };
    const everyEntry = where((rule) => rule.jobs === 'any' || rule.jobs === 'catalog');
    const naming = new Map<CatalogEntry, RuleSet>();
    for (const entry of catalog.entries) {
      naming.set(entry, where((rule) => typeof rule.jobs !== 'string' && rule.jobs.has(entry)).or(everyEntry));
    }
    const allows = where((rule) => rule.effect === 'allow');
    const denies = where((rule) => rule.effect === 'deny');
    for (const [id, principal] of catalog.principals()) {
      this.#principals.set(id, this.#cover(principal, naming, allows, denies));
    }
  }

  coverage(servicePrincipalId: ServicePrincipalId, jobId: JobId | undefined): Coverage {
    const principal = this.#principals.get(servicePrincipalId);
    if (principal === undefined) return this.uncatalogued;
    return jobId === undefined ? principal.whole : (principal.jobs.get(jobId) ?? principal.others);
  }

  /** Of the jobs of a service principal that have no entry of their own; of one without any entry too. */
  coverageOfOthers(servicePrincipalId: ServicePrincipalId): Coverage {
    return this.#principals.get(servicePrincipalId)?.others ?? this.uncatalogued;
  }

  #cover(
    { whole, jobs }: CataloguedPrincipal,
    naming: ReadonlyMap<CatalogEntry, RuleSet>,
    allows: RuleSet,
    denies: RuleSet,
  ): PrincipalCoverage {
    const none = this.uncatalogued.rules;
    const rulesOf = (entry: CatalogEntry | undefined): RuleSet => (entry && naming.get(entry)) ?? none;
    const ofWhole = rulesOf(whole);
    const others = whole === undefined ? this.uncatalogued : { alias: whole.alias, rules: ofWhole };
    const specific = new Map<JobId, Coverage>();
    for (const [jobId, entry] of jobs) specific.set(jobId, { alias: entry.alias, rules: rulesOf(entry).or(ofWhole) });
    const known = [...specific.values(), ...(whole === undefined ? [] : [others])].map(({ rules }) => rules);
    // "Any job" is allowed by a rule about one of them, and denied only by a rule about every one of them.
    const some = known.reduce((all, rules) => all.or(rules));
    const every = known.reduce((all, rules) => all.and(rules));
    const rules = some.and(allows).or(every.and(denies));
    return { jobs: specific, others, whole: whole === undefined ? { rules } : { alias: whole.alias, rules } };
  }
}
