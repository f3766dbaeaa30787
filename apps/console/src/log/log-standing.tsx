import { Button } from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { Time } from '../time/time.tsx';
import { remember } from './log-memory.ts';
import type { TrustedLog } from './trusted-log.ts';

/** Size, checkpoint and key of the log: what this browser checked, and what is only the server's word. */
export function LogStanding({ log }: { readonly log: TrustedLog }): ReactElement {
  const { checkpoint, standing, recollection, keys } = log;
  const memory = {
    'first look': 'This browser sees the log for the first time. It keeps this checkpoint and will notice a rewrite.',
    extends: `This browser kept a checkpoint of ${'size' in recollection ? recollection.size : 0} entries, and this log extends it: checked here.`,
    'other key': 'The log has a key that this browser does not know.',
    contradicts: 'This log does not extend what this browser kept.',
  }[recollection.kind];
  return (
    <section className="panel">
      <dl className="facts">
        <Fact name="Entries">{checkpoint.size}</Fact>
        <Fact name="Last entry">
          <Time at={standing.checkpoint.time} />
        </Fact>
        <Fact name="Name of the log">{checkpoint.origin}</Fact>
        <Fact name="Key (compare it with your own copy)">
          <code>{standing.vkey}</code>
        </Fact>
        <Fact name="Protection, as the server says">{standing.protection.text}</Fact>
        <Fact name="Checked by this browser">
          The signature under the checkpoint is that of key {checkpoint.keyId}. {memory}
        </Fact>
      </dl>
      {recollection.kind === 'other key' && (
        <Button
          className="begin"
          onClick={() => {
            remember(checkpoint, keys);
            location.reload();
          }}
        >
          I compared the key; trust it in this browser
        </Button>
      )}
      <details>
        <summary>The checkpoint</summary>
        <pre tabIndex={0} aria-label="The checkpoint">
          {checkpoint.note}
        </pre>
      </details>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
