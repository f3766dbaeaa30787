import { Field, Textarea } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { api, done } from '../api/client.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { Failure } from '../shell/notice.tsx';

/** Puts on record that this person looked at an entry. */
export function ReviewDialog({
  index,
  onClose,
}: {
  readonly index: number;
  readonly onClose: () => void;
}): ReactElement {
  const [note, setNote] = useState('');
  const client = useQueryClient();
  const marked = useMutation({
    mutationFn: () => {
      const text = note.trim();
      return done(api.POST('/api/audit/reviews', { body: { index, ...(text !== '' && { note: text }) } }));
    },
    onSuccess: () => {
      void client.resetQueries({ queryKey: ['operation'] });
      void client.resetQueries({ queryKey: ['operations'] });
      onClose();
    },
  });
  return (
    <FormDialog
      title="Mark as reviewed"
      submit="Mark as reviewed"
      busy={marked.isPending}
      onSubmit={() => {
        marked.mutate();
      }}
      onClose={onClose}
    >
      <p>That you looked at this becomes an entry of the log. It cannot be taken back.</p>
      <Field
        label="Note"
        hint="What you found. Sealed beside the log, which has its digest; shown in evidence to those who may disclose."
      >
        <Textarea
          value={note}
          maxLength={1_000}
          onChange={(_, { value }) => {
            setNote(value);
          }}
        />
      </Field>
      {marked.error !== null && <Failure error={marked.error} />}
    </FormDialog>
  );
}
