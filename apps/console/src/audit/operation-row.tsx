import type { ReactElement } from 'react';
import { Link, useLocation } from 'react-router';
import { VerdictBadge } from '../proof/verdict-badge.tsx';
import { Time } from '../time/time.tsx';
import { type Leaves, type Operation, useChecked } from './audit-data.ts';
import { sentenceOf } from './sentence.ts';
import { StateChip } from './state-chip.tsx';

/** One operation, folded: when, what became of it, a sentence, and whether this browser could verify it. */
export function OperationRow({
  operation,
  leaves,
  size,
}: {
  readonly operation: Operation;
  readonly leaves: Leaves;
  /** Entries in the log when the row was read. */
  readonly size: number;
}): ReactElement {
  const { event, verdict } = useChecked(operation, leaves, size);
  const { search } = useLocation();
  const parameters = new URLSearchParams(search);
  parameters.set('open', operation.eventId);
  const isReviewed = operation.following.some(({ type }) => type === 'audit.reviewed');
  return (
    <div className="operation">
      <span className="quiet when">
        <Time at={operation.time} />
      </span>
      <StateChip state={operation.state} />
      <Link className="what" to={{ search: `?${parameters.toString()}` }}>
        {event === undefined ? `${operation.type} ${operation.jobId ?? ''}` : sentenceOf(event)}
      </Link>
      <span className="marks">
        {isReviewed && <span className="quiet">Reviewed</span>}
        <VerdictBadge verdict={verdict} />
      </span>
    </div>
  );
}
