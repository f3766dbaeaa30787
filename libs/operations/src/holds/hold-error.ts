import { CodedError, type EventId, toTimestamp } from '#kernel';
import { OperationError } from '../operation-error.ts';
import type { ShownHold } from './hold-viewer.ts';

/** Others hold the job. Nothing was sent. */
export class HeldByOthers extends OperationError {
  override readonly code = 'held_by_others';

  /** @param shown those of the others' holds that the caller may know about. */
  constructor(
    readonly count: number,
    readonly shown: readonly ShownHold[],
    override readonly eventId: EventId,
  ) {
    super(heldMessage(count, shown));
  }
}

/** A pause or start of the job is under way, or nobody knows yet how it ended. Nothing was sent. */
export class HoldChanging extends OperationError {
  override readonly code = 'hold_changing';

  constructor(override readonly eventId: EventId | undefined) {
    super(
      'A pause or start of this job is under way, or its outcome is not known yet. Nothing was changed; ask again in a few seconds.',
    );
  }
}

/** The hold is somebody else's. Nothing was changed. */
export class HoldNotYours extends OperationError {
  override readonly code = 'hold_not_yours';

  constructor(override readonly eventId: EventId) {
    super('Only its owner may change this hold. To end it all the same, ask somebody with the right Holds.Override.');
  }
}

/** The hold has ended already, so its end cannot be moved. */
export class HoldNotInForce extends OperationError {
  override readonly code = 'hold_not_in_force';

  constructor(override readonly eventId: EventId) {
    super('This hold is not in force any more. Pause the job again to hold it.');
  }
}

/** The job would have to be started, and Graph could not be asked. The hold still stands. */
export class HoldNotEnded extends OperationError {
  override readonly code = 'hold_not_ended';
  override readonly eventId = undefined;

  constructor() {
    super('Microsoft Graph could not be asked about the job, so the hold still stands. Asking again is safe.');
  }
}

/** The start that ends the hold was sent, and its outcome is not known. */
export class HoldEndUnknown extends OperationError {
  override readonly code = 'outcome_unknown';
  override readonly eventId = undefined;

  constructor() {
    super(
      'The start of the job was sent to Microsoft Graph but its outcome is not known. The hold shows it once it is reconciled; do not ask again before.',
    );
  }
}

/** There is no such hold, or the caller may not know about it. */
export class HoldUnknown extends CodedError {
  readonly code = 'hold_unknown';

  constructor() {
    super('There is no such hold.');
  }
}

function heldMessage(count: number, shown: readonly ShownHold[]): string {
  const named = shown.map(({ hold, owner }) => {
    const end = hold.until === undefined ? 'without an end' : `until ${toTimestamp(hold.until)}`;
    return `${owner.name ?? `${owner.kind} ${owner.application}`} ${end}`;
  });
  const hidden = count - named.length;
  const list = [...named, ...(hidden > 0 ? [`${hidden} of whom you may not know`] : [])].join('; ');
  return `Others hold this job, so it was not started: ${list}. It starts when the last hold ends.`;
}
