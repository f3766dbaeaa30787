import { Button } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Failure, Loading } from '../shell/notice.tsx';
import { AnchorTable } from './anchor-table.tsx';
import { CompareForm } from './compare-form.tsx';
import { FileDrop } from './file-drop.tsx';
import './log.css';
import { LogMemoryNotice } from './log-memory-notice.tsx';
import { LogStanding } from './log-standing.tsx';
import { OpenUnknowns } from './open-unknowns.tsx';
import { useTrustedLog } from './trusted-log.ts';

/** How far the log proves what it says, and ways to check that it does. */
export default function LogPage(): ReactElement {
  const { data: log, error, refetch } = useTrustedLog(0);
  const client = useQueryClient();
  if (log === undefined) {
    if (error === null) return <Loading what="the log" />;
    return (
      <Failure
        error={error}
        retry={() => {
          void refetch();
        }}
      />
    );
  }
  return (
    <>
      <title>Log · Interlock</title>
      <div className="page-head">
        <h1>Log</h1>
        <span className="spacer" />
        <Button
          onClick={() => {
            void client.resetQueries({ queryKey: ['log'] });
            void client.resetQueries({ queryKey: ['open unknowns'] });
          }}
        >
          Look again
        </Button>
      </div>
      <LogMemoryNotice size={0} />
      <LogStanding log={log} />
      <AnchorTable standing={log.standing} />
      <OpenUnknowns />
      <FileDrop log={log} />
      <CompareForm log={log} />
      <p className="quiet">
        Proofs show that entries were not changed, removed or reordered since the checkpoint. They do not show that an
        entry was true, nor that everything that happened was recorded. A check of every byte is made with{' '}
        <code>interlock-verify</code>, which shares no code with the server or with this page.
      </p>
    </>
  );
}
