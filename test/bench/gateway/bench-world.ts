import type { Interlock } from '../../support/interlock.ts';
import { ids } from '../../../apps/simulator/src/world/default-world.ts';

const ruleCount = 200;
const callerCount = 50;

/** One pause as a caller sends it. */
export interface PauseRequest {
  readonly method: 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const guid = (kind: string, n: number): string => `${kind}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);
const isFreeze = (n: number): boolean => n % 20 === 0;
const job = (n: number) => ({ servicePrincipalId: guid('7', n), jobId: `bench.${n}`, tags: [`team-${n}`] });

/** A policy of 200 rules about 50 callers and 200 jobs: one in twenty forbids, all others ask for reason and ticket. */
export const benchPolicy = JSON.stringify({
  version: 1,
  jobs: Object.fromEntries(range(ruleCount).map((n) => [`job-${n}`, job(n)])),
  callers: Object.fromEntries(
    range(callerCount).map((n) => [`caller-${n}`, { tenant: ids.tenant, application: guid('3', n) }]),
  ),
  rules: range(ruleCount).map((n) => ({
    id: `rule-${n}`,
    callers: [`caller-${n % callerCount}`],
    jobs: [`tag:team-${n}`],
    ...(isFreeze(n)
      ? { effect: 'deny', actions: ['start'], during: { from: '2099-01-01T00:00:00Z', to: '2099-02-01T00:00:00Z' } }
      : {
          effect: 'allow',
          actions: ['pause', 'start'],
          require: { reason: { minLength: 10 }, ticket: { pattern: 'CHG[0-9]{7}' } },
        }),
  })),
});

/** A request for every job that somebody may pause, callers in turn; each caller has one token. */
export async function pauseRequests({ cloud }: Interlock): Promise<readonly PauseRequest[]> {
  const tokens = await Promise.all(
    range(callerCount).map((n) =>
      cloud.mintToken({ application: guid('3', n), oid: guid('2', n), roles: ['Jobs.Read', 'Jobs.Pause'] }),
    ),
  );
  const body = JSON.stringify({ reason: 'HR import would disable half of sales', ticket: 'CHG0012345' });
  return range(ruleCount)
    .filter((n) => !isFreeze(n))
    .map((n) => ({
      method: 'POST',
      path: `/v1.0/servicePrincipals/${guid('7', n)}/synchronization/jobs/bench.${n}/pause`,
      headers: { authorization: `Bearer ${tokens[n % callerCount] ?? ''}`, 'content-type': 'application/json' },
      body,
    }));
}
