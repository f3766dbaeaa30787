import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { Failure } from '../shell/notice.tsx';
import { useTrustedLog } from './trusted-log.ts';

/** Says loudly when the log does not fit what this browser saw before, and nothing when it does. */
export function LogMemoryNotice({ size }: { readonly size: number }): ReactElement | null {
  const { data, error } = useTrustedLog(size);
  if (error !== null) return <Failure error={error} about="The log could not be opened" />;
  const recollection = data?.recollection;
  if (recollection?.kind === 'contradicts') {
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>This is not the log that you saw before</MessageBarTitle> This browser keeps a signed
          checkpoint of {recollection.size} entries, and the log that is shown does not contain them. It was rewritten
          or rolled back.
        </MessageBarBody>
      </MessageBar>
    );
  }
  if (recollection?.kind === 'other key') {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>The log has a key that this browser does not know</MessageBarTitle> Compare it with your own
          copy before you rely on anything: <code>{recollection.vkey}</code>
        </MessageBarBody>
      </MessageBar>
    );
  }
  return null;
}
