/** One thing that must work before traffic may come. */
export interface ReadinessCheck {
  /** `warning`: something is wrong that does not keep every request from being served. */
  readonly status: 'ok' | 'warning' | 'failed';
  /** What is wrong, for the operator; holds no secret. */
  readonly detail?: string;
}
