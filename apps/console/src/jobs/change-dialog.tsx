import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { type Change, judge, type Words } from './asked-change.ts';
import { type ItemResult, useChanges } from './changes.ts';
import { DurationField } from './duration-field.tsx';
import { useSettled } from './settled.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { Failure } from '../shell/notice.tsx';
import { VerdictView } from './verdict-view.tsx';
import { WordsFields } from './words-fields.tsx';

const texts = {
  pause: { title: 'Pause', verb: 'Pause', reason: 'Why must it stop?' },
  start: { title: 'Start', verb: 'Start', reason: 'Why may it run again?' },
} as const;

/** Pauses or starts jobs. What the policy asks for and refuses is shown while people write, before anything is sent. */
export function ChangeDialog({
  change,
  aliases,
  warning,
  onClose,
}: {
  readonly change: Change;
  readonly aliases: readonly string[];
  /** What is dangerous about it, if anything. */
  readonly warning?: string | undefined;
  readonly onClose: () => void;
}): ReactElement {
  const [words, setWords] = useState<Words>({ reason: '', ticket: '', duration: 'PT2H' });
  const settled = useSettled(words);
  const { results, busy, run } = useChanges(change);
  const judgements = useQueries({
    queries: aliases.map((alias) => ({
      queryKey: ['judgement', change, alias, settled],
      queryFn: () => judge(change, alias, settled),
      placeholderData: keepPreviousData,
      staleTime: 30_000,
      gcTime: 60_000,
    })),
  });
  const { title, verb, reason } = texts[change];
  const what = aliases.length === 1 ? (aliases[0] ?? '') : `${aliases.length} jobs`;
  const isUpToDate = settled === words && judgements.every(({ isFetching }) => !isFetching);
  const left = aliases.filter((alias) => results[alias]?.kind !== 'done');
  const allowed = left.filter((alias) => judgements[aliases.indexOf(alias)]?.data?.effect === 'allow');
  return (
    <FormDialog
      title={`${title} ${what}`}
      submit={allowed.length > 0 && allowed.length < left.length ? `${verb} ${allowed.length} of ${left.length}` : verb}
      cancel={left.length < aliases.length ? 'Close' : 'Cancel'}
      dangerous={warning !== undefined}
      ready={isUpToDate && allowed.length > 0}
      busy={busy}
      onSubmit={() => {
        void run(allowed, words).then((all) => {
          if (all && allowed.length === left.length) onClose();
        });
      }}
      onClose={onClose}
    >
      {warning !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{warning}</MessageBarBody>
        </MessageBar>
      )}
      <WordsFields words={words} onChange={setWords} reasonLabel={reason} />
      {change === 'pause' && (
        <DurationField
          label="For how long"
          endless
          value={words.duration ?? ''}
          onChange={(duration) => {
            setWords({ ...words, duration: duration === '' ? undefined : duration });
          }}
        />
      )}
      <section aria-label="What the policy says" aria-live="polite" className="verdicts">
        {aliases.map((alias, at) => {
          const result = results[alias];
          if (result !== undefined) return <Result key={alias} alias={alias} result={result} />;
          const { data, error } = judgements[at] ?? { data: undefined, error: null };
          return <VerdictView key={alias} alias={alias} judgement={data} error={error} />;
        })}
      </section>
    </FormDialog>
  );
}

function Result({ alias, result }: { readonly alias: string; readonly result: ItemResult }): ReactElement {
  if (result.kind === 'failed') return <Failure error={result.error} about={alias} />;
  const words = { waiting: 'waits', 'under way': 'under way …', done: 'done' }[result.kind];
  return (
    <MessageBar intent={result.kind === 'done' ? 'success' : 'info'}>
      <MessageBarBody>{`${alias}: ${words}`}</MessageBarBody>
    </MessageBar>
  );
}
