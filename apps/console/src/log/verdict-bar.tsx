import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { Failure } from '../shell/notice.tsx';
import { ProofError } from '../proof/proof-error.ts';
import type { FileVerdict } from './file-check.ts';

/** What a check came to; nothing while there was none. */
export function VerdictBar({
  verdict,
  error,
}: {
  readonly verdict: FileVerdict | undefined;
  readonly error: unknown;
}): ReactElement | null {
  if (error instanceof ProofError) return <Told good={false} sentences={[error.message]} />;
  if (error !== null) return <Failure error={error} />;
  return verdict === undefined ? null : <Told {...verdict} />;
}

function Told({ good, sentences }: FileVerdict): ReactElement {
  return (
    <MessageBar intent={good ? 'success' : 'error'} layout="multiline" role="status">
      <MessageBarBody>
        <MessageBarTitle>{good ? 'Verified in this browser' : 'MISMATCH'}</MessageBarTitle>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </MessageBarBody>
    </MessageBar>
  );
}
