import { AuditLog } from '#audit';
import type { Policy } from '#policy';
import type { Store } from '#store';

/** One thing that must work before traffic may come. */
export interface ReadinessCheck {
  readonly status: 'ok' | 'failed';
  /** What is wrong, for the operator; holds no secret. */
  readonly detail?: string;
}

export interface ReadinessReport {
  readonly status: 'ready' | 'not_ready';
  readonly checks: Readonly<Record<'store' | 'log' | 'policy', ReadinessCheck>>;
}

/** Asks everything that a request needs. */
export class Readiness {
  readonly #store: Store;
  readonly #audit: AuditLog;
  readonly #policy: () => Policy;

  constructor(store: Store, audit: AuditLog, policy: () => Policy) {
    this.#store = store;
    this.#audit = audit;
    this.#policy = policy;
  }

  async report(): Promise<ReadinessReport> {
    const [store, log] = await Promise.all([attempt(() => this.#store.ping()), attempt(() => this.#audit.ready())]);
    const checks = { store, log, policy: { status: 'ok', detail: this.#policy().sha256 } } as const;
    const ready = store.status === 'ok' && log.status === 'ok';
    return { status: ready ? 'ready' : 'not_ready', checks };
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
