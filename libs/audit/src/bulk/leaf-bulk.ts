import { hash } from 'node:crypto';
import { type JobRef, toTimestamp } from '#kernel';
import type { LeafBulk, LeafDetails } from '../leaf.ts';
import { leafByCaller } from '../leaf-parts.ts';
import type { LeafText } from '../leaf-text.ts';
import { present } from '../present.ts';
import type { BulkEnded, BulkSelector, BulkStarted } from './bulk-event.ts';

const maxTicketLength = 128;

/** What the beginning or end of a bulk operation adds to a leaf. */
export function leafOfBulk(event: BulkStarted | BulkEnded, ref: string | undefined, text: LeafText): LeafDetails {
  if (event.type === 'bulk.ended') {
    return { actor: { kind: 'system' }, parent: event.parent, bulk: { results: event.results } };
  }
  const { action, justification, selector, jobs } = event;
  const { ticket, until } = justification;
  return present<LeafDetails>({
    ...leafByCaller(event, ref, text),
    action,
    ticket: ticket === undefined ? undefined : { id: text.of(ticket, maxTicketLength) },
    until: until === undefined ? undefined : toTimestamp(until),
    bulk: present<LeafBulk>({
      ...leafSelector(selector, text),
      count: jobs.length,
      jobs: text.list(jobs.map(({ servicePrincipalId, jobId }) => `${servicePrincipalId}/${jobId}`)),
      jobs_sha256: digestOfJobs(jobs),
    }),
  });
}

/** Lower-case hex SHA-256 of the jobs, each as `<service principal>/<job>` and a line feed: all of them, unlike the list. */
export function digestOfJobs(jobs: readonly JobRef[]): string {
  return hash('sha256', jobs.map(({ servicePrincipalId, jobId }) => `${servicePrincipalId}/${jobId}\n`).join(''));
}

function leafSelector(selector: BulkSelector, text: LeafText): LeafBulk {
  switch (selector.kind) {
    case 'servicePrincipalId':
      return { sp_id: selector.servicePrincipalId };
    case 'tag':
      return { tag: text.of(selector.tag) };
    case 'aliases':
      return { aliases: text.list(selector.aliases) };
  }
}
