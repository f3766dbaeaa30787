import { Badge, Button } from '@fluentui/react-components';
import { type ReactElement, type RefObject, useLayoutEffect, useRef } from 'react';
import { Countdown, Time } from '../time/time.tsx';
import type { HoldChange } from './hold-change.ts';
import type { Hold } from './job-data.ts';

const states: Readonly<Partial<Record<Hold['state'], string>>> = {
  pausing: 'is being set',
  pause_unknown: 'nobody knows yet whether it took hold',
  resuming: 'is ending',
  resume_unknown: 'nobody knows yet whether the job was started',
};

/** One hold on a job: whose, why, until when, and what this person may do about it. */
export function HoldLine({
  hold,
  mayOverride,
  onChange,
}: {
  readonly hold: Hold;
  readonly mayOverride: boolean;
  readonly onChange: (change: HoldChange, hold: Hold) => void;
}): ReactElement {
  const owner = hold.owner.name ?? `application ${hold.owner.application}`;
  const trouble = states[hold.state];
  const line = useRef<HTMLLIElement>(null);
  useFocusLeftToTheJob(line);
  return (
    <li className="hold" ref={line}>
      <span className="hold-owner">
        {hold.own ? 'You' : owner}
        {trouble !== undefined && (
          <Badge appearance="tint" color="warning">
            {trouble}
          </Badge>
        )}
      </span>
      <span className="hold-end">
        {hold.until === undefined ? (
          'until somebody ends it'
        ) : (
          <>
            <strong>
              <Countdown until={hold.until} />
            </strong>{' '}
            <span className="quiet">
              ends <Time at={hold.until} />
            </span>
          </>
        )}
      </span>
      <span className="hold-why">
        {hold.ticket !== undefined && <code>{hold.ticket}</code>} {hold.reason}
      </span>
      <span className="hold-actions">
        {hold.own && (
          <Button
            size="small"
            onClick={() => {
              onChange('extend', hold);
            }}
          >
            Extend…
          </Button>
        )}
        {(hold.own || mayOverride) && (
          <Button
            size="small"
            onClick={() => {
              onChange('release', hold);
            }}
          >
            {hold.own ? 'Release…' : 'Override…'}
          </Button>
        )}
      </span>
    </li>
  );
}

/** A line that goes away with the focus in it leaves it to the name of its job: else the keyboard starts over at the top. */
function useFocusLeftToTheJob(line: RefObject<HTMLLIElement | null>): void {
  useLayoutEffect(() => {
    const element = line.current;
    return () => {
      if (element?.contains(document.activeElement) !== true) return;
      element.closest('.job')?.querySelector('h2')?.focus();
    };
  }, [line]);
}
