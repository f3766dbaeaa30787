import { callerOf } from '#auth';
import { Clock, type EpochMillis, InvalidInput, type JobRef, parseJobRef, ServicePrincipalId } from '#kernel';
import type { Asked, JobRequest, ListRequest } from '#operations';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../edge/request-context.ts';
import { justificationOf } from './justification.ts';

/** Turns a request about jobs into what the operations take. Throws InvalidInput, or JobUnknown for a name. */
export class AskedReader {
  readonly #clock: Clock;
  readonly #jobNamed: (alias: string) => JobRef;

  constructor(clock: Clock, jobNamed: (alias: string) => JobRef) {
    this.#clock = clock;
    this.#jobNamed = jobNamed;
  }

  catalog(request: FastifyRequest): Asked {
    refuseUnknownQuery(request, []);
    return this.#asked(request);
  }

  list(request: FastifyRequest): ListRequest {
    refuseUnknownQuery(request, []);
    const { servicePrincipalId = '' } = request.params as JobParameters;
    return {
      ...this.#asked(request),
      servicePrincipalId: ServicePrincipalId.parse(servicePrincipalId, 'servicePrincipalId'),
    };
  }

  read(request: FastifyRequest): JobRequest {
    refuseUnknownQuery(request, []);
    return this.#job(request);
  }

  /** A change, and whether it is only to be judged (`?dryRun=true`). */
  change(request: FastifyRequest): { readonly asked: JobRequest; readonly dryRun: boolean } {
    const { dryRun } = refuseUnknownQuery(request, ['dryRun']);
    if (dryRun !== undefined && dryRun !== 'true' && dryRun !== 'false') {
      throw new InvalidInput('field_invalid', 'dryRun must be true or false.', 'dryRun');
    }
    return { asked: this.#job(request), dryRun: dryRun === 'true' };
  }

  #job(request: FastifyRequest): JobRequest {
    const { alias, servicePrincipalId = '', jobId = '' } = request.params as JobParameters;
    const job = alias === undefined ? parseJobRef(servicePrincipalId, jobId) : this.#refOf(alias);
    return { ...this.#asked(request), job };
  }

  #refOf(alias: string): JobRef {
    const { servicePrincipalId, jobId } = this.#jobNamed(alias);
    return { servicePrincipalId, jobId };
  }

  #asked(request: FastifyRequest): Asked {
    return askedOf(request, this.#clock.now());
  }
}

/** Who asks, from where and why. Throws InvalidInput for a justification that is none. */
export function askedOf(request: FastifyRequest, now: EpochMillis): Asked {
  const { facts, limits, telemetry: watch } = contextOf(request);
  return {
    request: facts,
    caller: callerOf(request),
    justification: justificationOf(request, now),
    watch,
    tellLimit: (counted) => limits.push(counted),
  };
}

/** The parameters of the routes in jobs.controller.ts and named-jobs.controller.ts. */
interface JobParameters {
  readonly alias?: string;
  readonly servicePrincipalId?: string;
  readonly jobId?: string;
}

/** A misspelt `dryRun` must not pause a job for real, so an unknown parameter is refused and not ignored. */
export function refuseUnknownQuery(
  request: FastifyRequest,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  const query = request.query as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(query)) {
    if (!known.includes(name)) {
      throw new InvalidInput('query_not_allowed', 'This resource takes no such query parameter.', name.slice(0, 64));
    }
  }
  return query;
}
