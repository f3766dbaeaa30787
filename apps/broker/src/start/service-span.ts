import type { AuditRecorder } from '#audit';
import type { Policy } from '#policy';

/** The time in which this process serves, as the log tells it: `service.started` and `service.stopped`. */
export class ServiceSpan {
  readonly #audit: AuditRecorder;
  #policy: (() => Policy) | undefined;

  constructor(audit: AuditRecorder) {
    this.#audit = audit;
  }

  /** `policy`: the one in force. */
  async begin(policy: () => Policy): Promise<void> {
    await this.#audit.record({ type: 'service.started', policySha256: policy().sha256 });
    this.#policy = policy;
  }

  /** Nothing when it never began: a start that fails again and again must not fill the log. */
  async end(): Promise<void> {
    if (this.#policy === undefined) return;
    await this.#audit.record({ type: 'service.stopped', policySha256: this.#policy().sha256 });
  }
}
