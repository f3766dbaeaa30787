import type { Clock } from '../clock.ts';
import type { Reply } from '../http/exchange.ts';
import { type JobState, paused, started } from '../world/job-state.ts';
import type { Directory } from '../world/directory.ts';
import { collectionReply, entityReply } from './collection.ts';
import { GraphFailure } from './graph-failure.ts';
import { type GraphCall, type GraphRoute, jobOf, noContent, principalOf } from './graph-route.ts';
import { jobResource } from './job-resource.ts';
import { requireSynchronization } from './permission.ts';

/** Path of a service principal's jobs. */
export const jobsPath = '/servicePrincipals/{id}/synchronization/jobs';

/** pause and start take no body; a client that sends one believes in a parameter that does not exist. */
function refuseBody({ exchange }: GraphCall): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = exchange.headers;
  if (length === undefined && encoding === undefined) {
    throw new GraphFailure(411, 'LengthRequired', 'A POST needs a Content-Length.');
  }
  if (exchange.body.length > 0) throw new GraphFailure(400, 'BadRequest', 'This operation takes no request body.');
}

/** The four operations on jobs that Interlock uses. */
export function jobRoutes(directory: Directory, clock: Clock, pageSize: () => number): readonly GraphRoute[] {
  const read = { method: 'GET', writes: false, dangerous: false } as const;
  const act = { method: 'POST', writes: true, dangerous: false } as const;

  const change =
    (next: (state: JobState) => JobState) =>
    (call: GraphCall): Reply => {
      const principal = principalOf(directory, call);
      requireSynchronization(call.caller, principal, 'write');
      const job = jobOf(directory, principal, call);
      refuseBody(call);
      job.state = next(job.state);
      return noContent;
    };

  return [
    { ...act, operation: 'job.pause', path: `${jobsPath}/{jobId}/pause`, serve: change(paused) },
    { ...act, operation: 'job.start', path: `${jobsPath}/{jobId}/start`, serve: change(started) },
    {
      ...read,
      operation: 'job.get',
      path: `${jobsPath}/{jobId}`,
      serve: (call) => {
        const principal = principalOf(directory, call);
        requireSynchronization(call.caller, principal, 'read');
        const job = jobOf(directory, principal, call);
        const context = `servicePrincipals('${principal.id}')/synchronization/jobs/$entity`;
        return entityReply(call.exchange, context, jobResource(job, clock()));
      },
    },
    {
      ...read,
      operation: 'job.list',
      path: jobsPath,
      serve: (call) => {
        const principal = principalOf(directory, call);
        requireSynchronization(call.caller, principal, 'read');
        const items = principal.jobs.map((job) => jobResource(job, clock()));
        const context = `servicePrincipals('${principal.id}')/synchronization/jobs`;
        return collectionReply(call.exchange, context, items, pageSize());
      },
    },
  ];
}
