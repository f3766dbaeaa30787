import type { EpochMillis } from './clock.ts';

/** Why a caller wants something and for how long. All parts are optional; the policy says which are needed. */
export interface Justification {
  /** Free text; personal data, so it enters the audit leaf only as a digest. */
  readonly reason?: string;
  readonly ticket?: string;
  /** When the pause shall end. A duration has been added to the time of the request already. */
  readonly until?: EpochMillis;
}
