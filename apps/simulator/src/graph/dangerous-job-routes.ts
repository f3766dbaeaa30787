import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { jsonReply, type Reply } from '../http/exchange.ts';
import type { Directory } from '../world/directory.ts';
import type { Job, ServicePrincipal } from '../world/world.ts';
import { entityReply } from './collection.ts';
import { insufficientPrivileges } from './graph-failure.ts';
import { type GraphCall, type GraphRoute, jobOf, noContent, principalOf } from './graph-route.ts';
import { jobResource } from './job-resource.ts';
import { jobsPath } from './job-routes.ts';
import { requireSynchronization, type SynchronizationAccess } from './permission.ts';
import { bodyOf } from './request-body.ts';

const Restart = z.object({ criteria: z.object({ resetScope: z.string() }).optional() });
const NewJob = z.object({ templateId: z.string() });
const JobPatch = z.object({ schedule: z.object({ state: z.enum(['Active', 'Disabled']) }).optional() });
const Schema = z.record(z.string(), z.unknown());
const emptySchema = { directories: [], synchronizationRules: [] };

interface JobCall {
  readonly call: GraphCall;
  readonly principal: ServicePrincipal;
  readonly job: Job;
}

/**
 * What else an OwnedBy credential can do to a job, for real: these exist so that a test can prove that nothing ever
 * reaches them.
 */
export function dangerousJobRoutes(directory: Directory, clock: Clock): readonly GraphRoute[] {
  const onJob = (
    [operation, method, tail]: readonly [operation: string, method: GraphRoute['method'], tail: string],
    act: (on: JobCall) => Reply,
    access: SynchronizationAccess = 'write',
  ): GraphRoute => ({
    operation,
    method,
    path: `${jobsPath}/{jobId}${tail}`,
    writes: method !== 'GET',
    dangerous: true,
    serve: (call) => {
      const principal = principalOf(directory, call);
      requireSynchronization(call.caller, principal, access);
      return act({ call, principal, job: jobOf(directory, principal, call) });
    },
  });

  return [
    onJob(['job.restart', 'POST', '/restart'], restart),
    onJob(['job.delete', 'DELETE', ''], remove),
    onJob(['job.update', 'PATCH', ''], update, 'settings'),
    onJob(['job.validateCredentials', 'POST', '/validateCredentials'], () => noContent),
    onJob(['job.validateConnectivity', 'POST', '/validateconnectivity'], () => noContent),
    onJob(['job.provisionOnDemand', 'POST', '/provisionOnDemand'], () =>
      jsonReply(200, { key: 'Result', value: '[]' }),
    ),
    onJob(['schema.get', 'GET', '/schema'], ({ job }) => jsonReply(200, job.schema ?? emptySchema), 'read'),
    onJob(['schema.replace', 'PUT', '/schema'], replaceSchema),
    onJob(['schema.delete', 'DELETE', '/schema'], deleteSchema),
    onJob(['schema.functions', 'GET', '/schema/functions'], () => jsonReply(200, { value: [] })),
    onJob(['schema.filterOperators', 'GET', '/schema/filterOperators'], () => jsonReply(200, { value: [] })),
    onJob(['schema.parseExpression', 'POST', '/schema/parseExpression'], () =>
      jsonReply(200, { parsingSucceeded: true, evaluationResult: [] }),
    ),
    onJob(['schema.discover', 'POST', '/schema/directories/{directoryId}/discover'], () => jsonReply(200, {})),
    {
      operation: 'job.bulkUpload',
      method: 'POST',
      path: `${jobsPath}/{jobId}/bulkUpload`,
      writes: true,
      dangerous: true,
      serve: (call) => {
        // A permission family of its own: OwnedBy does not open it.
        if (!call.caller.roles.includes('SynchronizationData-User.Upload.OwnedBy')) throw insufficientPrivileges();
        jobOf(directory, principalOf(directory, call), call);
        return { status: 202, headers: {}, body: '' };
      },
    },
    {
      operation: 'job.create',
      method: 'POST',
      path: jobsPath,
      writes: true,
      dangerous: true,
      serve: (call) => create(call, principalOf(directory, call), clock()),
    },
  ];
}

function restart({ call, job }: JobCall): Reply {
  bodyOf(Restart, call);
  job.state = { kind: 'active' };
  return noContent;
}

function remove({ principal, job }: JobCall): Reply {
  principal.jobs = principal.jobs.filter((other) => other !== job);
  return noContent;
}

function update({ call, job }: JobCall): Reply {
  const { schedule } = bodyOf(JobPatch, call);
  if (schedule !== undefined) job.state = { kind: schedule.state === 'Active' ? 'active' : 'disabled' };
  return noContent;
}

function replaceSchema({ call, job }: JobCall): Reply {
  job.schema = bodyOf(Schema, call);
  return noContent;
}

function deleteSchema({ job }: JobCall): Reply {
  delete job.schema;
  return noContent;
}

function create(call: GraphCall, principal: ServicePrincipal, now: number): Reply {
  requireSynchronization(call.caller, principal, 'write');
  const { templateId } = bodyOf(NewJob, call);
  const id = `${templateId}.${call.caller.tenant.id.replaceAll('-', '')}.${randomUUID()}`;
  const job: Job = { id, templateId, cadence: 40, state: { kind: 'created' } };
  principal.jobs.push(job);
  const context = `servicePrincipals('${principal.id}')/synchronization/jobs/$entity`;
  return entityReply(call.exchange, context, jobResource(job, now), 201);
}
