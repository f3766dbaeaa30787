import { MessageBar, MessageBarBody, MessageBarTitle, Spinner } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { wordsOf } from '../api/problem.ts';
import { type Judgement, verdictWords } from './verdict-words.ts';

/** What the policy would say to this request, for one job. */
export function VerdictView({
  alias,
  judgement,
  error,
}: {
  readonly alias: string;
  readonly judgement: Judgement | undefined;
  readonly error: unknown;
}): ReactElement {
  if (error !== null) {
    const { title, detail } = wordsOf(error);
    return <Told intent="warning" title={`${alias}: ${title}`} detail={detail} />;
  }
  if (judgement === undefined)
    return <Spinner size="tiny" labelPosition="after" label={`Asking the policy about ${alias} …`} />;
  const { allowed, summary, missing } = verdictWords(judgement);
  return (
    <Told intent={allowed ? 'success' : 'warning'} title={alias} detail={summary}>
      {missing.length > 0 && (
        <ul>
          {missing.map((what) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
      )}
    </Told>
  );
}

function Told({
  intent,
  title,
  detail,
  children,
}: {
  readonly intent: 'success' | 'warning';
  readonly title: string;
  readonly detail: string;
  readonly children?: ReactElement | false;
}): ReactElement {
  return (
    <MessageBar intent={intent} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle> {detail}
        {children}
      </MessageBarBody>
    </MessageBar>
  );
}
