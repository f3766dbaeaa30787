import type { Action } from './action.ts';
import { CodedError } from './coded-error.ts';
import type { JobId } from './job-ref.ts';
import type { ServicePrincipalId } from './guid.ts';

/** What a request goes through; the same names in its log line, in metrics and in traces. */
export const requestSteps = ['authenticate', 'authorize', 'record_intent', 'graph', 'record_outcome'] as const;
export type RequestStep = (typeof requestSteps)[number];

/** How a step ended. There is no place for what somebody wrote or holds: no text, header, body or token. */
export interface StepEnd {
  /** Stable code of the error that ended it. */
  readonly failure?: string;
  /** Status of Graph's reply. */
  readonly status?: number;
}

/** What the policy said about a request. */
export interface WatchedDecision {
  readonly action: Action;
  readonly job: { readonly servicePrincipalId: ServicePrincipalId; readonly jobId?: JobId };
  readonly effect: 'allow' | 'deny';
  /** Id of the deciding rule. */
  readonly rule: string | undefined;
}

/** Follows one request on its way, for those who run Interlock. Never throws, and nothing depends on it. */
export abstract class RequestWatch {
  /** A step begins; what it gives is to be called once, when the step ends. Graph's may come once per attempt. */
  abstract begin(step: RequestStep): (end?: StepEnd) => void;

  abstract decided(decision: WatchedDecision): void;
}

/**
 * Takes a step under the eyes of the request's watch, where it has one. What is there at once is given at once: a promise
 * per step would cost more than some steps.
 */
export function watchedStep<Result>(
  watch: RequestWatch | undefined,
  step: RequestStep,
  take: () => Promise<Result>,
): Promise<Result>;
export function watchedStep<Result>(
  watch: RequestWatch | undefined,
  step: RequestStep,
  take: () => Result | Promise<Result>,
): Result | Promise<Result>;
export function watchedStep<Result>(
  watch: RequestWatch | undefined,
  step: RequestStep,
  take: () => Result | Promise<Result>,
): Result | Promise<Result> {
  if (watch === undefined) return take();
  const end = watch.begin(step);
  try {
    const taken = take();
    if (taken instanceof Promise) return endedWith(taken, end);
    end();
    return taken;
  } catch (error) {
    end(failedWith(error));
    throw error;
  }
}

async function endedWith<Result>(taken: Promise<Result>, end: (end?: StepEnd) => void): Promise<Result> {
  try {
    const result = await taken;
    end();
    return result;
  } catch (error) {
    end(failedWith(error));
    throw error;
  }
}

function failedWith(error: unknown): StepEnd {
  return { failure: error instanceof CodedError ? error.code : 'internal_error' };
}
