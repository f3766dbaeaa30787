import type { Result } from '../report/report.ts';

/** Exit codes of `interlock-verify`. */
export const exitCode = {
  verified: 0,
  mismatch: 1,
  /** Wrong usage, or the input cannot be read. */
  unreadable: 2,
  /** Nothing wrong was found, but not everything could be verified. */
  incomplete: 3,
} as const satisfies Record<Result['verdict'] | 'unreadable', number>;
