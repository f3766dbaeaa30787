import type { CatalogJob } from './job-data.ts';

/** The jobs that have all of these tags and the text somewhere in their names or ids. */
export function matching(jobs: readonly CatalogJob[], text: string, tags: ReadonlySet<string>): readonly CatalogJob[] {
  const sought = text.trim().toLowerCase();
  return jobs.filter((job) => {
    const own = job.tags ?? [];
    const names = [job.alias, job.servicePrincipalId, job.jobId ?? '', ...own].join(' ').toLowerCase();
    return names.includes(sought) && [...tags].every((tag) => own.includes(tag));
  });
}

/** All tags, in the order of the alphabet. */
export function tagsOf(jobs: readonly CatalogJob[]): readonly string[] {
  return [...new Set(jobs.flatMap(({ tags }) => tags ?? []))].toSorted();
}
