import { Field, Input, Textarea } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Words } from './asked-change.ts';

/** Reason and ticket, which most policies ask for. */
export function WordsFields({
  words,
  onChange,
  reasonLabel,
}: {
  readonly words: Words;
  readonly onChange: (words: Words) => void;
  readonly reasonLabel: string;
}): ReactElement {
  return (
    <>
      <Field label={reasonLabel} hint="Kept with the record. Only you, and those who may override holds, see it here.">
        <Textarea
          value={words.reason}
          maxLength={1_000}
          resize="vertical"
          onChange={(_, { value }) => {
            onChange({ ...words, reason: value });
          }}
        />
      </Field>
      <Field label="Ticket" hint="Change or incident number. It stands in the log in plain text.">
        <Input
          value={words.ticket}
          maxLength={128}
          autoComplete="off"
          onChange={(_, { value }) => {
            onChange({ ...words, ticket: value });
          }}
        />
      </Field>
    </>
  );
}
