import type { BulkChoice, BulkSelector } from '#audit';
import type { JobRef } from '#kernel';
import type { CatalogEntry, JobCatalog } from '#policy';
import type { Target } from '../authorization.ts';
import { JobUnknown } from '../operation-error.ts';
import { maxBulkJobs, SelectorEmpty, TooManyJobs } from './bulk-error.ts';

/**
 * What a selector means by the policy alone: jobs, and service principals of which every job is meant. Throws
 * {@link SelectorEmpty}, or JobUnknown for an alias that the policy does not have.
 */
export function selectedBy(selector: BulkSelector, catalog: JobCatalog): readonly Target[] {
  const targets = targetsOf(selector, catalog);
  if (targets.length === 0) throw new SelectorEmpty();
  const whole = new Set(targets.filter(({ jobId }) => jobId === undefined).map((target) => target.servicePrincipalId));
  const wanted = targets.filter(
    ({ servicePrincipalId, jobId }) => jobId === undefined || !whole.has(servicePrincipalId),
  );
  return [...new Map(wanted.map((target) => [keyOf(target), target])).values()];
}

/** The jobs of an operation, each once, with their names. Throws {@link SelectorEmpty} or {@link TooManyJobs}. */
export function choiceOf(jobs: readonly JobRef[], catalog: JobCatalog): readonly BulkChoice[] {
  if (jobs.length === 0) throw new SelectorEmpty();
  if (jobs.length > maxBulkJobs) throw new TooManyJobs(jobs.length);
  return jobs.map((job) => {
    const alias = catalog.aliasOf(job.servicePrincipalId, job.jobId);
    return { job, ...(alias !== undefined && { alias }) };
  });
}

function targetsOf(selector: BulkSelector, catalog: JobCatalog): readonly Target[] {
  switch (selector.kind) {
    case 'servicePrincipalId':
      return [{ servicePrincipalId: selector.servicePrincipalId }];
    case 'tag':
      return catalog.entries.filter(({ tags }) => tags.includes(selector.tag)).map(targetOf);
    case 'aliases':
      return selector.aliases.map((alias) => {
        const entry = catalog.entry(alias);
        if (entry === undefined) throw new JobUnknown(`The policy names no job "${alias}".`);
        return targetOf(entry);
      });
  }
}

function targetOf({ servicePrincipalId, jobId }: CatalogEntry): Target {
  return jobId === undefined ? { servicePrincipalId } : { servicePrincipalId, jobId };
}

function keyOf({ servicePrincipalId, jobId }: Target): string {
  return `${servicePrincipalId}/${jobId ?? ''}`;
}
