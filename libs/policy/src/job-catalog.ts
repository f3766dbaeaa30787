import type { JobId, ServicePrincipalId } from '#kernel';

/** A named job; without `jobId` every job of the service principal. */
export interface CatalogEntry {
  readonly alias: string;
  readonly servicePrincipalId: ServicePrincipalId;
  readonly jobId?: JobId;
  readonly tags: readonly string[];
}

/** The entries of one service principal. */
export interface CataloguedPrincipal {
  /** The entry that stands for every job. */
  readonly whole: CatalogEntry | undefined;
  readonly jobs: ReadonlyMap<JobId, CatalogEntry>;
}

/** The jobs that the policy file names. */
export class JobCatalog {
  /** In file order. */
  readonly entries: readonly CatalogEntry[];
  readonly #byAlias: ReadonlyMap<string, CatalogEntry>;
  readonly #byPrincipal: ReadonlyMap<ServicePrincipalId, CataloguedPrincipal>;

  constructor(entries: readonly CatalogEntry[]) {
    this.entries = Object.freeze([...entries]);
    this.#byAlias = new Map(entries.map((entry) => [entry.alias, entry]));
    this.#byPrincipal = new Map(
      [...Map.groupBy(entries, (entry) => entry.servicePrincipalId)].map(([id, own]) => [id, principalOf(own)]),
    );
  }

  entry(alias: string): CatalogEntry | undefined {
    return this.#byAlias.get(alias);
  }

  /** The service principals that have entries. */
  principals(): ReadonlyMap<ServicePrincipalId, CataloguedPrincipal> {
    return this.#byPrincipal;
  }

  /**
   * The alias of a job: its own, else that of the entry for all jobs of its service principal. Without `jobId` the
   * latter. Undefined when the catalog has neither.
   */
  aliasOf(servicePrincipalId: ServicePrincipalId, jobId?: JobId): string | undefined {
    const principal = this.#byPrincipal.get(servicePrincipalId);
    const own = jobId === undefined ? undefined : principal?.jobs.get(jobId);
    return (own ?? principal?.whole)?.alias;
  }
}

function principalOf(entries: readonly CatalogEntry[]): CataloguedPrincipal {
  const jobs = new Map<JobId, CatalogEntry>();
  for (const entry of entries) if (entry.jobId !== undefined) jobs.set(entry.jobId, entry);
  return { whole: entries.find((entry) => entry.jobId === undefined), jobs };
}
