import type { LeafDetails, LeafPrivacy } from '../leaf.ts';
import { present } from '../present.ts';
import type { FieldPlaces, HoldTarget, MaintenanceEvent } from './maintenance-event.ts';

const actor = { kind: 'operator' } as const;

/** What a maintenance event adds to a leaf. Reason and approver are personal fields and stand in it as digests. */
export function leafMaintenance(event: MaintenanceEvent): LeafDetails {
  switch (event.type) {
    case 'privacy.erasing':
      return { actor, privacy: { subject: event.subject, ...leafPlaces(event.places) } };
    case 'privacy.erased':
      return { actor, parent: event.parent, privacy: { subject: event.subject, ...leafPlaces(event.places) } };
    case 'privacy.hold.placed':
      return { actor, privacy: leafTarget(event.target) };
    case 'privacy.hold.released':
      return { actor, parent: event.parent };
    case 'privacy.rewrapped':
      return { actor, privacy: { count: event.count } };
    case 'log.pruning':
    case 'log.pruned': {
      const { policySha256, keepDays } = event.retention;
      return present<LeafDetails>({
        actor,
        parent: event.type === 'log.pruned' ? event.parent : undefined,
        min_index: event.minIndex,
        retention: { policy_sha256: policySha256, keep_days: keepDays },
      });
    }
  }
}

function leafPlaces({ count, runs, omitted }: FieldPlaces): LeafPrivacy {
  return { count, entries: runs, ...(omitted > 0 && { entries_omitted: omitted }) };
}

function leafTarget(target: HoldTarget): LeafPrivacy {
  return target.kind === 'subject' ? { subject: target.subject } : { entries: [[target.from, target.to]] };
}
