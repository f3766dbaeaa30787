import type { SynchronizationJob } from './graph-gateway.ts';

/** Whether a job will start another cycle, with the raw values that say so. */
export interface JobState {
  readonly scheduleState: string;
  readonly statusCode: string;
  /** No new cycle will start. One under way still finishes. */
  readonly stopped: boolean;
}

/**
 * Reads a job's state. Neither field alone tells: documented examples show paused jobs with a schedule that is
 * `Disabled`, and never started ones with status `NotConfigured`.
 * @see https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationschedule
 */
export function stateOf(job: SynchronizationJob): JobState {
  const scheduleState = job.schedule.state;
  const statusCode = job.status.code;
  const stopped = scheduleState === 'Paused' || scheduleState === 'Disabled' || statusCode === 'Paused';
  return { scheduleState, statusCode, stopped };
}
