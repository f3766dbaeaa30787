import { Histogram, type Registry } from 'prom-client';

/** What monitoring sees of the commits of the audit log. */
export class AuditMetrics {
  readonly #entries: Histogram;
  readonly #seconds: Histogram;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#entries = new Histogram({
      name: 'interlock_audit_batch_entries',
      help: 'Entries that shared a commit of the audit log.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'interlock_audit_commit_duration_seconds',
      help: 'How long commits of the audit log took.',
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
  }

  committed(entries: number, millis: number): void {
    this.#entries.observe(entries);
    this.#seconds.observe(millis / 1_000);
  }
}
