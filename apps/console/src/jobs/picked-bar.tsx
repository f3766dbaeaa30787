import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Change } from './asked-change.ts';

/** What may be done to the chosen jobs together; nothing while none is chosen. */
export function PickedBar({
  picked,
  mayStart,
  onChange,
}: {
  readonly picked: readonly string[];
  readonly mayStart: boolean;
  readonly onChange: (change: Change, aliases: readonly string[]) => void;
}): ReactElement | null {
  if (picked.length === 0) return null;
  return (
    <div className="picked" role="region" aria-label="Chosen jobs">
      <span>{picked.length === 1 ? '1 job chosen' : `${picked.length} jobs chosen`}</span>
      <Button
        appearance="primary"
        onClick={() => {
          onChange('pause', picked);
        }}
      >
        Pause these…
      </Button>
      {mayStart && (
        <Button
          onClick={() => {
            onChange('start', picked);
          }}
        >
          Start these…
        </Button>
      )}
    </div>
  );
}
