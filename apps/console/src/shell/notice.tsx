import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from '@fluentui/react-components';
import type { ReactElement, ReactNode } from 'react';
import { ApiProblem, wordsOf } from '../api/problem.ts';
import { signInAddress } from './session.ts';

/** While something loads. Says what, because a spinner alone tells nothing. */
export function Loading({ what }: { readonly what: string }): ReactElement {
  return <Spinner className="loading" size="small" label={`Loading ${what} …`} />;
}

/** Where nothing is: why, and what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }): ReactElement {
  return (
    <div className="empty">
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  );
}

/** A failure in words, with the id under which the broker's log has it. */
export function Failure({
  error,
  about,
  retry,
}: {
  readonly error: unknown;
  /** What failed, where several things may. */
  readonly about?: string;
  readonly retry?: () => void;
}): ReactElement {
  const { title, detail } = wordsOf(error);
  const requestId = error instanceof ApiProblem ? error.requestId : undefined;
  const isSignedOut = error instanceof ApiProblem && error.isSignedOut;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{about === undefined ? title : `${about}: ${title}`}</MessageBarTitle> {detail}
        {requestId !== undefined && <span className="quiet"> Request {requestId}</span>}
      </MessageBarBody>
      <MessageBarActions>
        {isSignedOut && (
          <Button as="a" href={signInAddress()} size="small">
            Sign in again
          </Button>
        )}
        {!isSignedOut && retry !== undefined && (
          <Button onClick={retry} size="small">
            Try again
          </Button>
        )}
      </MessageBarActions>
    </MessageBar>
  );
}
