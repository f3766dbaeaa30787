import { timestampOf } from '../clock.ts';
import { type JobState, type Quarantine, wireStateOf } from '../world/job-state.ts';
import type { Job } from '../world/world.ts';

const never = '0001-01-01T00:00:00Z';
/** What Graph shows before a job's first start: the longest time that a .NET TimeSpan holds. */
const noCadence = 'P10675199DT2H48M5.4775807S';

function hasRun(state: JobState): boolean {
  return state.kind === 'paused' ? state.hasRun : state.kind !== 'created' && state.kind !== 'scheduled';
}

function execution(job: Job, now: number) {
  const ended = now - job.cadence * 30_000;
  return {
    activityIdentifier: job.id.split('.').at(-1) ?? job.id,
    countEntitled: 12,
    countEntitledForProvisioning: 12,
    countEscrowed: 0,
    countEscrowedRaw: 0,
    countExported: 0,
    countExports: 0,
    countImported: 0,
    countImportedDeltas: 0,
    countImportedReferenceDeltas: 0,
    error: null,
    state: 'Succeeded',
    timeBegan: timestampOf(ended - 60_000),
    timeEnded: timestampOf(ended),
  };
}

function quarantineResource(quarantine: Quarantine, now: number) {
  return {
    currentBegan: quarantine.began,
    nextAttempt: timestampOf(now + 86_400_000),
    reason: quarantine.reason,
    seriesBegan: quarantine.began,
    seriesCount: quarantine.seriesCount,
    error: { code: quarantine.reason, message: 'The job is in quarantine.', tenantActionable: true },
  };
}

/**
 * A job as Graph shows it.
 * @see https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob
 */
export function jobResource(job: Job, now: number): Record<string, unknown> {
  const { schedule, status } = wireStateOf(job.state);
  const ran = hasRun(job.state);
  const last = ran ? execution(job, now) : null;
  const quarantine = 'quarantine' in job.state ? job.state.quarantine : undefined;
  return {
    id: job.id,
    templateId: job.templateId,
    schedule: {
      expiration: null,
      interval: job.state.kind === 'created' ? noCadence : `PT${job.cadence}M`,
      state: schedule,
    },
    status: {
      code: status,
      countSuccessiveCompleteFailures: quarantine?.seriesCount ?? 0,
      escrowsPruned: job.state.kind === 'disabled',
      steadyStateFirstAchievedTime: last?.timeEnded ?? never,
      steadyStateLastAchievedTime: last?.timeEnded ?? never,
      troubleshootingUrl: '',
      lastExecution: last,
      lastSuccessfulExecution: last,
      lastSuccessfulExecutionWithExports: null,
      progress: [],
      quarantine: quarantine === undefined ? null : quarantineResource(quarantine, now),
      synchronizedEntryCountByType: ran ? [{ key: 'User to User', value: 12 }] : [],
    },
    synchronizationJobSettings: [],
  };
}
