import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { FormDialog } from '../shell/form-dialog.tsx';
import { Failure } from '../shell/notice.tsx';
import { bodyFor, type Words } from './asked-change.ts';
import { extend, type HoldChange, release } from './hold-change.ts';
import { DurationField } from './duration-field.tsx';
import type { Hold } from './job-data.ts';
import { WordsFields } from './words-fields.tsx';

/** Gives up a hold or moves its end. What will happen to the job is told before. */
export function HoldDialog({
  change,
  hold,
  others,
  onClose,
}: {
  readonly change: HoldChange;
  readonly hold: Hold;
  /** How many other holds keep the job paused. */
  readonly others: number;
  readonly onClose: () => void;
}): ReactElement {
  const [words, setWords] = useState<Words>({ reason: '', ticket: '', duration: 'PT1H' });
  const client = useQueryClient();
  const job = hold.alias ?? hold.jobId;
  const asked = useMutation({
    mutationFn: () =>
      change === 'extend' ? extend(hold.id, bodyFor('pause', words)) : release(hold.id, bodyFor('start', words)),
    onSuccess: onClose,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['holds'] });
      void client.invalidateQueries({ queryKey: ['job', hold.alias] });
    },
  });
  const lacksReason = change === 'release' && !hold.own && words.reason.trim() === '';
  return (
    <FormDialog
      title={change === 'extend' ? `Extend the hold on ${job}` : `Release the hold on ${job}`}
      submit={change === 'extend' ? 'Extend' : 'Release'}
      dangerous={!hold.own}
      ready={!lacksReason}
      busy={asked.isPending}
      onSubmit={() => {
        asked.mutate();
      }}
      onClose={onClose}
    >
      {change === 'release' && <Consequence hold={hold} others={others} />}
      {change === 'extend' && (
        <>
          <p>
            The policy judges this as the pause that it prolongs, counting from when it began. Reason and ticket of the
            hold stand unless you give new ones.
          </p>
          <DurationField
            label="It ends, counted from now, in"
            endless={false}
            value={words.duration ?? ''}
            onChange={(duration) => {
              setWords({ ...words, duration });
            }}
          />
        </>
      )}
      {(change === 'extend' || !hold.own) && (
        <WordsFields
          words={words}
          onChange={setWords}
          reasonLabel={change === 'extend' ? 'Why longer? (if it changed)' : 'Why do you end a hold that is not yours?'}
        />
      )}
      {asked.error !== null && <Failure error={asked.error} />}
    </FormDialog>
  );
}

function Consequence({ hold, others }: { readonly hold: Hold; readonly others: number }): ReactElement {
  const next =
    others > 0
      ? `The job stays paused: ${others === 1 ? 'one other hold stands' : `${others} other holds stand`}.`
      : hold.before === 'running'
        ? 'It is the last hold that you see, so Interlock starts the job again.'
        : 'The job was not running before it was held, so it stays paused.';
  return (
    <MessageBar intent={hold.own ? 'info' : 'error'} layout="multiline">
      <MessageBarBody>
        {next} {!hold.own && 'This hold is not yours: its owner expects the job to stay paused.'}
      </MessageBarBody>
    </MessageBar>
  );
}
