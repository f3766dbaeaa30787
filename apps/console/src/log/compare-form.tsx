import { Button, Field, Textarea } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { compare } from './file-check.ts';
import type { TrustedLog } from './trusted-log.ts';
import { VerdictBar } from './verdict-bar.tsx';

/** Two checkpoints, and whether one log grew into the other. */
export function CompareForm({ log }: { readonly log: TrustedLog }): ReactElement {
  const [one, setOne] = useState('');
  const [other, setOther] = useState(log.checkpoint.note);
  const compared = useMutation({ mutationFn: () => compare(asNote(one), asNote(other), log) });
  const fields = [
    ['One checkpoint', one, setOne],
    ['Another one', other, setOther],
  ] as const;
  return (
    <section className="panel">
      <h2>Compare two checkpoints</h2>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          compared.mutate();
        }}
      >
        <div className="pair">
          {fields.map(([label, value, set]) => (
            <Field key={label} label={label}>
              <Textarea
                className="note"
                rows={6}
                value={value}
                spellCheck={false}
                onChange={(_, data) => {
                  set(data.value);
                }}
              />
            </Field>
          ))}
        </div>
        <Button type="submit" className="begin" disabledFocusable={compared.isPending}>
          Compare
        </Button>
        <VerdictBar verdict={compared.data} error={compared.error} />
      </form>
    </section>
  );
}

/** Pasted text loses its last line end, which a note has. */
function asNote(text: string): string {
  return `${text.trim()}\n`;
}
