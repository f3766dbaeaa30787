import { useMutation } from '@tanstack/react-query';
import { type DragEvent, type ReactElement, useState } from 'react';
import { checkText } from './file-check.ts';
import type { TrustedLog } from './trusted-log.ts';
import { VerdictBar } from './verdict-bar.tsx';

/** Takes a checkpoint or a proof that somebody kept, and checks it here. */
export function FileDrop({ log }: { readonly log: TrustedLog }): ReactElement {
  const [over, setOver] = useState(false);
  const checked = useMutation({ mutationFn: async (file: File) => checkText(await file.text(), log) });
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file !== undefined) checked.mutate(file);
  };
  const hover = (event: DragEvent, isOver: boolean): void => {
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <section className="panel">
      <h2>Check a file that you kept</h2>
      <label
        className="drop"
        data-over={over}
        onDragOver={(event) => {
          hover(event, true);
        }}
        onDragLeave={(event) => {
          hover(event, false);
        }}
        onDrop={(event) => {
          hover(event, false);
          take(event.dataTransfer.files);
        }}
      >
        <span>Drop a checkpoint or a .tlog-proof here, or choose one. It does not leave this browser.</span>
        <input
          type="file"
          onChange={({ target }) => {
            take(target.files);
            // So that the same file, changed meanwhile, can be chosen again.
            target.value = '';
          }}
        />
      </label>
      <VerdictBar verdict={checked.data} error={checked.error} />
    </section>
  );
}
