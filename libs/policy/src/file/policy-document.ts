import type { Policy } from '../policy.ts';
import type { Path } from './policy-problem.ts';
import type { PolicyFile } from './policy-shape.ts';
import type { Position } from './yaml-source.ts';

/** A policy beside the file that it was made of. */
export interface PolicyDocument {
  readonly policy: Policy;
  /** As written, its terms read. Its rules stand where those of the policy's index do. */
  readonly file: PolicyFile;
  /** Where in the text the value at a path stands, or its key; of the nearest thing around it when there is none. */
  locate(path: Path, at: 'key' | 'value'): Position;
}
