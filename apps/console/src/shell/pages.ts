import type { Standing } from '../jobs/job-data.ts';
import type { Right, Session } from './session.ts';

/** A page of the console. */
export interface Page {
  readonly path: string;
  readonly title: string;
  readonly needs: Right;
}

const all: readonly Page[] = [
  { path: '/jobs', title: 'Jobs', needs: 'Jobs.Read' },
  { path: '/audit', title: 'Audit', needs: 'Audit.Read' },
  { path: '/log', title: 'Log', needs: 'Audit.Read' },
  { path: '/policy', title: 'Policy', needs: 'Policy.Read' },
];

/**
 * The pages that have something for this person, the first of them where they begin. A right of the token alone lets
 * nobody see a job, so the policy is asked too.
 */
export function pagesFor({ rights }: Session, standing: Pick<Standing, 'jobs'> | undefined): readonly Page[] {
  const hasJobs = standing === undefined || standing.jobs.length > 0;
  return all.filter(({ path, needs }) => rights.includes(needs) && (path !== '/jobs' || hasJobs));
}
