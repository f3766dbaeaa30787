import type { LoggedEvent } from './event-code.ts';
import type { LeafDetails, LeafReview } from './leaf.ts';
import { leafByCaller } from './leaf-parts.ts';
import type { LeafText } from './leaf-text.ts';
import { present } from './present.ts';
import type { AuditExported, AuditRead, AuditReviewed } from './review-event.ts';
import { maxRecordedQuery } from './search/query-limits.ts';

type ReviewEvent = AuditRead | AuditExported | AuditReviewed;

/** Whether an event is about somebody who reads the log. */
export function isAboutReview(event: LoggedEvent): event is ReviewEvent {
  return event.type === 'audit.read' || event.type === 'audit.exported' || event.type === 'audit.reviewed';
}

/** What such an event adds to a leaf. */
export function leafOfReview(event: ReviewEvent, ref: string | undefined, text: LeafText): LeafDetails {
  switch (event.type) {
    case 'audit.read':
      return read(event, ref, text);
    case 'audit.exported':
      return exported(event);
    case 'audit.reviewed':
      return { ...leafByCaller(event, ref, text), parent: event.parent, review: { index: event.index } };
  }
}

function read(event: AuditRead, ref: string | undefined, text: LeafText): LeafDetails {
  const { view, query, format, count, disclosed } = event;
  const review = present<LeafReview>({
    view,
    query: text.of(query, maxRecordedQuery),
    format,
    count,
    disclosed: disclosed && text.list(disclosed),
  });
  return { ...leafByCaller(event, ref, text), review };
}

function exported({ parent, count, complete, sha256 }: AuditExported): LeafDetails {
  return { actor: { kind: 'system' }, parent, review: present<LeafReview>({ count, complete, sha256 }) };
}
