import type { ReadinessReport } from './readiness.ts';

/** How much of a {@link ReadinessReport} everybody may see. */
export class ShownHealth {
  readonly #withChecks: boolean;

  constructor(withChecks: boolean) {
    this.#withChecks = withChecks;
  }

  of(report: ReadinessReport): ReadinessReport | Pick<ReadinessReport, 'status'> {
    return this.#withChecks ? report : { status: report.status };
  }
}
