import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import { startSqlite, type TestDatabase } from '../store/databases.ts';
import type { BrokerProcess } from './broker-process.ts';
import { call } from './http-client.ts';
import { Interlock, jobPath } from './interlock.ts';
import { crowdedPrincipal, crowdedWorld, manyJobIds } from './many-jobs.ts';
import { startPostgres } from './postgres.ts';

const origin = 'broker.example/audit/timers';
const policy = `
version: 1
jobs: { crowd: { servicePrincipalId: ${crowdedPrincipal}, tags: [timed] } }
callers: { hr-portal: { tenant: ${ids.tenant}, application: ${ids.hrPortal.appId} } }
rules:
  - { id: may-hold, effect: allow, callers: [hr-portal], actions: [read, pause, start], jobs: ["tag:timed"] }
`;

/** What came of holds whose time was over. */
export interface TimerReport {
  readonly holds: number;
  /** Starts that reached Graph before a broker was killed. */
  readonly startedBefore: number;
  /** Jobs that were not started exactly once, with how often they were. */
  readonly notOnce: readonly string[];
  /** Milliseconds from the end of a hold to the start of its job at Graph. */
  readonly lateness: { readonly median: number; readonly p99: number; readonly longest: number };
}

/** Timed holds on jobs of a simulated cloud, and brokers in processes of their own that look after them. */
export class TimedHolds {
  readonly interlock: Interlock;
  readonly #database: TestDatabase;
  readonly #count: number;
  readonly #until = new Map<string, number>();

  private constructor(interlock: Interlock, database: TestDatabase, count: number) {
    this.interlock = interlock;
    this.#database = database;
    this.#count = count;
    writeFileSync(join(interlock.folder, 'timers-policy.yaml'), policy);
  }

  static async start(store: 'SQLite' | 'PostgreSQL', count: number): Promise<TimedHolds> {
    const interlock = await Interlock.start({ world: crowdedWorld(count), journalCapacity: count * 20 + 10_000 });
    return new TimedHolds(interlock, store === 'SQLite' ? await startSqlite() : await startPostgres(), count);
  }

  get environment(): Record<string, string> {
    return {
      DATABASE_URL: this.#database.url,
      INTERLOCK_LOG_ORIGIN: origin,
      INTERLOCK_POLICY: join(this.interlock.folder, 'timers-policy.yaml'),
    };
  }

  broker(): Promise<BrokerProcess> {
    return this.interlock.broker(this.environment);
  }

  /** One that takes what earlier processes left behind for orphaned at once. */
  heir(): Promise<BrokerProcess> {
    return this.interlock.failpointBroker(this.environment, {});
  }

  /** Holds every job, so many at a time; all end within `spreadMillis` from `due` on, or a second from then if that is later. */
  async hold(brokers: readonly BrokerProcess[], due: number, spreadMillis: number): Promise<void> {
    const token = await this.interlock.cloud.mintToken({ application: ids.hrPortal.appId, roles: ['Jobs.Pause'] });
    const waiting = manyJobIds(this.#count).entries();
    const lane = async (): Promise<void> => {
      for (const [at, jobId] of waiting) {
        const until = Math.max(due + Math.floor((at / this.#count) * spreadMillis), Date.now() + 1_000);
        const { url } = brokers[at % brokers.length] ?? { url: '' };
        const body = { until: new Date(until).toISOString() };
        const { status } = await call(`${url}${jobPath({ ...jobs.crossTenant, jobId })}/pause`, {
          method: 'POST',
          token,
          body,
        });
        if (status !== 204) throw new Error(`${jobId} was not paused: ${status}`);
        this.#until.set(jobId, until);
      }
    };
    await Promise.all(Array.from({ length: 16 }, lane));
  }

  /** Resolves when so many starts have reached Graph. */
  async started(count: number): Promise<void> {
    await this.interlock.cloud.whenArrived({ operation: 'job.start', count });
  }

  get startsSoFar(): number {
    return this.interlock.cloud.journal({ operation: 'job.start' }).length;
  }

  /** Lets the time of all leases pass. */
  async endLeases(): Promise<void> {
    await this.#database.sql('update lease set until = 0');
    await this.#database.sql('update hold_timer set lease_until = 0');
  }

  report(startedBefore: number): TimerReport {
    const starts = Map.groupBy(this.interlock.cloud.journal({ operation: 'job.start' }), ({ path }) => jobOf(path));
    const times = manyJobIds(this.#count).map((id) => starts.get(id) ?? []);
    const lateness = manyJobIds(this.#count)
      .flatMap((id, at) => (times[at] ?? []).map(({ time }) => Date.parse(time) - (this.#until.get(id) ?? Number.NaN)))
      .toSorted((one, other) => one - other);
    const at = (share: number): number =>
      lateness[Math.min(Math.floor(lateness.length * share), lateness.length - 1)] ?? 0;
    return {
      holds: this.#until.size,
      startedBefore,
      notOnce: manyJobIds(this.#count).flatMap((id, n) =>
        times[n]?.length === 1 ? [] : [`${id}: ${times[n]?.length ?? 0}`],
      ),
      lateness: { median: at(0.5), p99: at(0.99), longest: at(1) },
    };
  }

  async stop(): Promise<void> {
    await this.interlock.stop();
    await this.#database.stop();
  }
}

function jobOf(path: string): string {
  return /\/jobs\/([^/]+)\/start$/.exec(path)?.[1] ?? path;
}
