import type { EpochMillis, EventId, JobRef } from '#kernel';
import type { Origin, ReleaseReason } from './hold.ts';

/** How a call to Graph ended, as far as it was seen. */
export type CallResult = { readonly kind: 'done' } | { readonly kind: 'failed' | 'unknown'; readonly reason: string };

/** What was found out later about a call whose end nobody saw. `stopped`: the job as it was last read, if it was. */
export type CallVerdict =
  | { readonly kind: 'applied' }
  | { readonly kind: 'not_applied' }
  | { readonly kind: 'inconclusive'; readonly reason: string; readonly stopped?: boolean };

/** How a hold ended without a start. */
export type Ending =
  | { readonly kind: 'released'; readonly reason: ReleaseReason }
  | { readonly kind: 'not_resumed'; readonly reason: string }
  | { readonly kind: 'superseded' };

/** An entry of the log as far as holds are concerned. */
export type HoldChange =
  | {
      readonly kind: 'pause_intended';
      readonly hold: EventId;
      readonly owner: string;
      readonly at: EpochMillis;
      readonly until?: EpochMillis;
      readonly ticket?: string;
      readonly before: Origin;
    }
  | { readonly kind: 'pause_ended'; readonly hold: EventId; readonly result: CallResult }
  | { readonly kind: 'pause_reconciled'; readonly hold: EventId; readonly verdict: CallVerdict }
  | { readonly kind: 'start_intended'; readonly start: EventId; readonly holds: readonly EventId[] }
  | { readonly kind: 'start_ended'; readonly start: EventId; readonly result: CallResult }
  | { readonly kind: 'start_reconciled'; readonly start: EventId; readonly verdict: CallVerdict }
  | { readonly kind: 'ended'; readonly hold: EventId; readonly ending: Ending }
  | { readonly kind: 'extended'; readonly hold: EventId; readonly until: EpochMillis }
  | { readonly kind: 'confirmed'; readonly hold: EventId };

/** A change of one job's holds, with where it stands in the log. */
export interface HoldEvent {
  readonly index: number;
  readonly job: JobRef;
  readonly change: HoldChange;
}
