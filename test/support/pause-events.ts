import { randomUUID } from 'node:crypto';
import type { AuditEvent, AuditRecorder, JudgedRequest, Recorded, RecordedUpstream } from '#audit';
import { type EpochMillis, type EventId, type JobId, ServicePrincipalId } from '#kernel';
import { someApplication, someRequest } from '#testing';

/** An organisation of this size: by some fields a filter finds many entries, by others few. */
const kinds = { applications: 10, principals: 12, jobs: 25, rules: 6 } as const;
const oneIn = { denied: 10, failed: 25, unknown: 200 } as const;

/** Everything that does not come from the log itself about one caller's pause of one job. */
export class PauseRequest {
  readonly #number: number;
  readonly #judged: JudgedRequest & Required<Pick<JudgedRequest, 'caller' | 'action' | 'resource'>>;

  /** The `number` decides who asks for what and how it ends; `at` is when the request arrived. */
  constructor(number: number, at: EpochMillis) {
    this.#number = number;
    const job = number % kinds.jobs;
    const guid = (digit: number, of: number) => `${digit}0000000-0000-4000-8000-${String(of).padStart(12, '0')}`;
    const rule = `team-${number % kinds.rules}-may-pause-its-jobs`;
    this.#judged = {
      request: someRequest({
        requestId: randomUUID(),
        clientRequestId: randomUUID(),
        receivedAt: at,
        route: '/v1.0/servicePrincipals/:servicePrincipalId/synchronization/jobs/:jobId/pause',
        userAgent: 'hr-portal/4.2 (node)',
      }),
      caller: someApplication(number % kinds.applications),
      action: 'pause',
      resource: {
        servicePrincipalId: ServicePrincipalId.parse(guid(4, job % kinds.principals), 'servicePrincipalId'),
        jobId: `Workday2AAD.7b0b4a5200004000800000000000${String(job).padStart(4, '0')}` as JobId,
        alias: `job-${job}`,
      },
      justification: { reason: 'Payroll correction is under way', ticket: `CHG${String(number).padStart(7, '0')}` },
      decision: {
        effect: 'allow',
        rule,
        policySha256: 'a3'.repeat(32),
        trace: [
          { rule: 'year-end-freeze', effect: 'deny', failed: { condition: 'actions', got: 'pause' } },
          { rule, effect: 'allow' },
        ],
      },
    };
  }

  /** Whether the policy refused it: then `denial` is all there is of it. */
  get denied(): boolean {
    return this.#number % oneIn.denied === 0;
  }

  denial(): AuditEvent {
    const { policySha256 = '' } = this.#judged.decision;
    const decision = { effect: 'deny', denyCode: 'no_matching_rule', policySha256, trace: [] } as const;
    return { type: 'request.denied', status: 403, ...this.#judged, decision };
  }

  intent(operation: 'read' | 'pause', readAt?: EpochMillis): AuditEvent {
    const before = readAt && { scheduleState: 'Active', statusCode: 'Active', readAt };
    return { type: `${operation}.intent`, ...this.#judged, ...(before !== undefined && { before }) };
  }

  outcome(operation: 'read' | 'pause', parent: EventId): AuditEvent {
    const { resource } = this.#judged;
    const base = { type: `${operation}.outcome`, parent, resource, upstream: upstream(operation) } as const;
    if (operation === 'read' || this.#ends('success')) return { ...base, outcome: 'success' };
    if (this.#ends('unknown')) return { ...base, outcome: 'unknown', reason: 'timeout' };
    return { ...base, outcome: 'failure', reason: 'job_not_found' };
  }

  #ends(how: 'success' | 'unknown'): boolean {
    const { unknown, failed } = oneIn;
    if (how === 'unknown') return this.#number % unknown === 1;
    return this.#number % unknown !== 1 && this.#number % failed !== 2;
  }
}

function upstream(operation: 'read' | 'pause'): RecordedUpstream {
  return {
    method: operation === 'read' ? 'GET' : 'POST',
    host: 'graph.microsoft.com',
    pathTemplate: '/v1.0/servicePrincipals/{id}/synchronization/jobs/{jobId}',
    attempts: 1,
    status: operation === 'read' ? 200 : 204,
    graphRequestId: randomUUID(),
    clientRequestId: randomUUID(),
    latencyMs: 38,
  };
}

/** Records a pause as the broker does with the read before it; one event at a time. Gives each to `recorded`. */
export async function recordPause(
  log: Pick<AuditRecorder, 'record'>,
  request: PauseRequest,
  at: EpochMillis,
  recorded: (event: Recorded) => void = () => undefined,
): Promise<void> {
  const record = async (event: AuditEvent) => {
    const entry = await log.record(event);
    recorded(entry);
    return entry.eventId;
  };
  if (request.denied) {
    await record(request.denial());
    return;
  }
  await record(request.outcome('read', await record(request.intent('read'))));
  await record(request.outcome('pause', await record(request.intent('pause', at))));
}
