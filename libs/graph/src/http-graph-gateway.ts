import type { ClientId, JobRef, ServicePrincipalId } from '#kernel';
import type { CallRun } from './call-run.ts';
import { readJob, readJobPage } from './graph-body.ts';
import type { GraphCalls } from './graph-calls.ts';
import {
  type GraphCall,
  GraphGateway,
  type GraphResult,
  type JobList,
  type NotSent,
  type SynchronizationJob,
} from './graph-gateway.ts';
import { type GraphPath, jobPath, jobsPath, nextPagePath, ownersPath, pausePath, startPath } from './graph-path.ts';
import { diagnoseRefusal } from './ownership.ts';
import { type Ending, judgePause, judgeRead, judgeStart } from './verdict.ts';

/** More pages than this are no list of jobs. */
const maxPages = 20;

/** {@link GraphGateway} over HTTP: four calls, each with its own fixed method and path, and a look at the owners when refused. */
export class HttpGraphGateway extends GraphGateway {
  readonly #calls: GraphCalls;
  readonly #ourself: ClientId | undefined;

  /** `ourself`: our app registration, by which we find ourselves among the owners of a target that refuses us. */
  constructor(calls: GraphCalls, ourself?: ClientId) {
    super();
    this.#calls = calls;
    this.#ourself = ourself;
  }

  override list(servicePrincipalId: ServicePrincipalId, call: GraphCall): Promise<GraphResult<JobList>> {
    const path = jobsPath(servicePrincipalId);
    return this.#run('GET', path, servicePrincipalId, call, (run) => this.#everyPage(run, path));
  }

  override get(job: JobRef, call: GraphCall): Promise<GraphResult<SynchronizationJob>> {
    const path = jobPath(job);
    return this.#run('GET', path, job.servicePrincipalId, call, (run) =>
      run.answer(path.path, (reply) =>
        judgeRead(reply, (body) => {
          const found = readJob(body);
          return found?.id === job.jobId ? found : undefined;
        }),
      ),
    );
  }

  override pause(job: JobRef, call: GraphCall): Promise<GraphResult<undefined>> {
    const path = pausePath(job);
    return this.#run('POST', path, job.servicePrincipalId, call, (run) => run.answer(path.path, judgePause));
  }

  override start(job: JobRef, call: GraphCall): Promise<GraphResult<undefined>> {
    const path = startPath(job);
    return this.#run('POST', path, job.servicePrincipalId, call, (run) => run.answer(path.path, judgeStart));
  }

  #run<Value>(
    method: 'GET' | 'POST',
    path: GraphPath,
    target: ServicePrincipalId,
    call: GraphCall,
    steps: (run: CallRun) => Promise<Ending<Value>>,
  ): Promise<GraphResult<Value>> {
    return this.#calls.make(method, path, call, async (run) => {
      const ending = await steps(run);
      const ourself = this.#ourself;
      if (ourself === undefined || ending.kind !== 'refused' || ending.refusal !== 'not_owned') return ending;
      // Tells a missing permission from missing ownership, as far as the target's owners tell it.
      return { kind: 'refused', refusal: diagnoseRefusal(await run.lookAside(ownersPath(target)), ourself) };
    });
  }

  /** All pages or none: part of a list would pass for the whole. */
  async #everyPage(run: CallRun, first: GraphPath): Promise<Ending<JobList>> {
    const jobs: SynchronizationJob[] = [];
    let path: string | undefined = first.path;
    let context: string | undefined;
    for (let page = 0; page < maxPages && path !== undefined; page += 1) {
      const answer = await run.answer(path, (reply) => judgeRead(reply, readJobPage));
      if (answer.kind === 'not_sent' && page > 0) return afterFirstPage(answer.reason);
      if (answer.kind !== 'done') return answer;
      jobs.push(...answer.value.jobs);
      context ??= answer.value.context;
      const { nextLink } = answer.value;
      if (nextLink === undefined) return { kind: 'done', value: { jobs, ...(context !== undefined && { context }) } };
      path = nextPagePath(nextLink, this.#calls.host, first);
    }
    return { kind: 'refused', refusal: 'malformed_reply' };
  }
}

/** "Not sent" would be untrue of a call whose first page was. */
function afterFirstPage(reason: NotSent): Ending<never> {
  return { kind: 'unknown', reason: reason === 'deadline_exceeded' ? 'timeout' : 'connection_lost' };
}
