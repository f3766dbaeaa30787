import { isStopped } from '#kernel';
import type { SynchronizationJob } from './graph-gateway.ts';

/** Whether a job will start another cycle, with the raw values that say so. */
export interface JobState {
  readonly scheduleState: string;
  readonly statusCode: string;
  /** No new cycle will start. One under way still finishes. */
  readonly stopped: boolean;
}

/** Reads a job's state. */
export function stateOf(job: SynchronizationJob): JobState {
  const scheduleState = job.schedule.state;
  const statusCode = job.status.code;
  return { scheduleState, statusCode, stopped: isStopped(scheduleState, statusCode) };
}
