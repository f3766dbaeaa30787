import { Button } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { useTrustedLog } from '../log/trusted-log.ts';
import { Failure, Loading } from '../shell/notice.tsx';
import { useOperation, type WholeOperation } from './audit-data.ts';
import { EventCard } from './event-card.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { StateChip } from './state-chip.tsx';

/** One operation with all of its events, each verified and explained. */
export function OperationDetail({
  eventId,
  onClose,
}: {
  readonly eventId: string;
  readonly onClose: () => void;
}): ReactElement {
  const { data, error, refetch } = useOperation(eventId);
  const [reviewing, setReviewing] = useState(false);
  return (
    <>
      <title>Operation · Interlock</title>
      <div className="page-head">
        <Button onClick={onClose}>Back to the list</Button>
        <h1>Operation</h1>
        {data !== undefined && <StateChip state={data.state} />}
        <span className="spacer" />
        {data !== undefined && (
          <Button
            appearance="primary"
            onClick={() => {
              setReviewing(true);
            }}
          >
            Mark as reviewed…
          </Button>
        )}
      </div>
      {error !== null && (
        <Failure
          error={error}
          retry={() => {
            void refetch();
          }}
        />
      )}
      {data === undefined && error === null && <Loading what="the operation" />}
      {data !== undefined && <Events operation={data} />}
      {reviewing && data !== undefined && (
        <ReviewDialog
          index={data.index}
          onClose={() => {
            setReviewing(false);
          }}
        />
      )}
    </>
  );
}

function Events({ operation }: { readonly operation: WholeOperation }): ReactElement {
  const size = Math.max(...operation.events.map(({ index }) => index)) + 1;
  const log = useTrustedLog(size);
  return (
    <>
      {log.error !== null && <Failure error={log.error} about="The log could not be opened" />}
      <ol className="events">
        {operation.events.map((entry) => (
          <EventCard key={entry.eventId} entry={entry} log={log.data} />
        ))}
      </ol>
    </>
  );
}
