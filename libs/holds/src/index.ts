export { type EndVerdict, judgeEnd, judgeStartByOwner, type StartPermit } from './end-verdict.ts';
export { foldHolds } from './fold-holds.ts';
export {
  type EndedHold,
  type Held,
  type Hold,
  isOpen,
  type OpenHold,
  type Origin,
  type ReleaseReason,
} from './hold.ts';
export { HoldBook, type HoldFilter, type StandingHolds } from './hold-book.ts';
export type { CallResult, CallVerdict, Ending, HoldChange, HoldEvent } from './hold-event.ts';
export { type HoldLeaf, holdEventOf } from './hold-leaf.ts';
export { type ClaimedTimer, HoldTimers, type TimerKind } from './hold-timers.ts';
export { planTimers, type TimerPlan } from './timer-plan.ts';
