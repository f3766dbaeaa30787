import type { Policy } from '../policy.ts';
import type { Path } from './policy-problem.ts';
import type { PolicyFile } from './policy-shape.ts';
import type { Position } from './yaml-source.ts';

/** A policy beside what it was made of. */
export interface PolicyContent {
  readonly policy: Policy;
  /** The file, its terms read. Its rules stand where those of the policy's index do. */
  readonly file: PolicyFile;
  /** The file as plain values. */
  readonly written: unknown;
}

/** A policy beside its file, and where in it everything stands. */
export interface PolicyDocument extends PolicyContent {
  /** Where in the text the value at a path stands, or its key; of the nearest thing around it when there is none. */
  readonly locate: (path: Path, at: 'key' | 'value') => Position;
}
