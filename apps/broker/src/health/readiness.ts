import { AuditLog } from '#audit';
import type { Store } from '#store';
import { PolicyKeeper } from '../policy/policy-keeper.ts';
import type { ReadinessCheck } from './readiness-check.ts';
import { StandingChecks } from './standing-checks.ts';

/** Names of the checks, in the order in which they are told. */
export const readinessChecks = ['service', 'store', 'log', 'policy', 'credential', 'ownership'] as const;

export interface ReadinessReport {
  readonly status: 'ready' | 'not_ready';
  readonly checks: Readonly<Record<(typeof readinessChecks)[number], ReadinessCheck>>;
}

/** Asks everything that a request needs. */
export class Readiness {
  readonly #store: Store;
  readonly #audit: AuditLog;
  readonly #policies: PolicyKeeper;
  readonly #standing: StandingChecks;
  #stopping = false;

  constructor(store: Store, audit: AuditLog, policies: PolicyKeeper, standing: StandingChecks) {
    this.#store = store;
    this.#audit = audit;
    this.#policies = policies;
    this.#standing = standing;
  }

  /** From here on nobody should send anything new. */
  beginStop(): void {
    this.#stopping = true;
  }

  async report(): Promise<ReadinessReport> {
    const [store, log] = await Promise.all([attempt(() => this.#store.ping()), attempt(() => this.#audit.ready())]);
    const checks: ReadinessReport['checks'] = {
      service: this.#stopping ? { status: 'failed', detail: 'is stopping' } : { status: 'ok' },
      store,
      log,
      policy: this.#policies.check(),
      credential: this.#standing.credential(),
      ownership: this.#standing.ownership(this.#policies.live.current().catalog),
    };
    const failed = Object.values(checks).some(({ status }) => status === 'failed');
    return { status: failed ? 'not_ready' : 'ready', checks };
  }
}

async function attempt(check: () => Promise<unknown>): Promise<ReadinessCheck> {
  try {
    await check();
    return { status: 'ok' };
  } catch (error) {
    return { status: 'failed', detail: error instanceof Error ? error.message : 'unknown' };
  }
}
