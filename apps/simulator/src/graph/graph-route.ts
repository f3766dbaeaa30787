import type { Exchange, Reply } from '../http/exchange.ts';
import type { PathParameters } from '../http/route.ts';
import type { Directory } from '../world/directory.ts';
import type { Job, ServicePrincipal } from '../world/world.ts';
import type { GraphCaller } from './bearer-token.ts';
import { GraphFailure, noSuchObject } from './graph-failure.ts';

/** An authenticated request to Graph. */
export interface GraphCall {
  readonly exchange: Exchange;
  readonly caller: GraphCaller;
  readonly parameters: PathParameters;
}

/** One operation of Graph; the path is a template below the version, such as `/servicePrincipals/{id}`. */
export interface GraphRoute {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly writes: boolean;
  readonly dangerous: boolean;
  readonly serve: (call: GraphCall) => Reply;
}

/** Success without content. */
export const noContent: Reply = { status: 204, headers: {}, body: '' };

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The service principal of the path; 400 for what is no GUID, 404 for what is not there. */
export function principalOf(directory: Directory, { caller, parameters }: GraphCall): ServicePrincipal {
  const { id = '' } = parameters;
  if (!guid.test(id)) throw new GraphFailure(400, 'Request_BadRequest', `Invalid object identifier '${id}'.`);
  const principal = directory.findPrincipal(caller.tenant, id);
  if (principal === undefined) throw noSuchObject(id);
  return principal;
}

/** The job of the path, or 404. */
export function jobOf(directory: Directory, principal: ServicePrincipal, { parameters }: GraphCall): Job {
  const { jobId = '' } = parameters;
  const job = directory.findJob(principal, jobId);
  if (job === undefined) throw new GraphFailure(404, 'ResourceNotFound', `No job '${jobId}' exists.`);
  return job;
}

/** The pattern of a template: case-insensitive as Graph is, with an optional slash at the end. */
export function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, "(?<$1>[^/()']+)");
  return new RegExp(`^/v1\\.0${escaped}/?$`, 'i');
}
