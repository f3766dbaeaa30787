import type { AuditRecorder } from '#audit';
import type { GraphGateway } from '#graph';
import type { HoldPace, ReconcilerPace } from '#operations';

/** Where tests put themselves between the parts of a broker. Production passes none. */
export interface Seams {
  /** Wraps where operations and reconciler record. */
  readonly audit?: (audit: AuditRecorder) => AuditRecorder;
  /** Wraps what they call. */
  readonly graph?: (graph: GraphGateway) => GraphGateway;
  readonly pace?: ReconcilerPace;
  readonly holdPace?: HoldPace;
}
