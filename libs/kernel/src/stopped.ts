/**
 * Whether a job will start no new cycle; one under way still finishes. Neither field alone tells: documented examples
 * show paused jobs with a schedule that is `Disabled`, and never started ones with status `NotConfigured`.
 * @see https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationschedule
 */
export function isStopped(scheduleState: string, statusCode: string): boolean {
  return scheduleState === 'Paused' || scheduleState === 'Disabled' || statusCode === 'Paused';
}
