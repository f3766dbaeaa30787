import { Button, Field, Input, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Trace } from '../audit/event-facts.tsx';
import { verdictWords } from '../jobs/verdict-words.ts';
import { Failure } from '../shell/notice.tsx';
import { type Action, actions, explain, type Explanation } from './policy-data.ts';

/** Asks how a request would be judged, without making it. */
export function ExplainForm({
  callers,
  jobs,
}: {
  readonly callers: readonly string[];
  readonly jobs: readonly string[];
}): ReactElement {
  const [asked, setAsked] = useState({ caller: callers[0] ?? '', action: 'pause', job: jobs[0] ?? '' });
  const [words, setWords] = useState({ reason: '', ticket: '' });
  const explained = useMutation({ mutationFn: explain });
  const selects = [
    ['caller', 'Caller', callers],
    ['action', 'Action', actions],
    ['job', 'Job', jobs],
  ] as const;
  return (
    <form
      className="fields"
      onSubmit={(event) => {
        event.preventDefault();
        const justification = {
          ...(words.reason !== '' && { reason: words.reason }),
          ...(words.ticket !== '' && { ticket: words.ticket }),
        };
        explained.mutate({ ...asked, action: asked.action as Action, justification });
      }}
    >
      <div className="filters">
        {selects.map(([name, label, values]) => (
          <Field key={name} label={label}>
            <Select
              value={asked[name]}
              onChange={(_, { value }) => {
                setAsked({ ...asked, [name]: value });
              }}
            >
              {values.map((value) => (
                <option key={value}>{value}</option>
              ))}
            </Select>
          </Field>
        ))}
        {(['reason', 'ticket'] as const).map((name) => (
          <Field key={name} label={name === 'reason' ? 'Reason' : 'Ticket'}>
            <Input
              value={words[name]}
              onChange={(_, { value }) => {
                setWords({ ...words, [name]: value });
              }}
            />
          </Field>
        ))}
      </div>
      <Button type="submit" className="begin" disabledFocusable={explained.isPending}>
        Explain
      </Button>
      {explained.error !== null && <Failure error={explained.error} />}
      {explained.data !== undefined && <Explained explanation={explained.data} />}
    </form>
  );
}

function Explained({ explanation }: { readonly explanation: Explanation }): ReactElement {
  const { allowed, summary, missing } = verdictWords(explanation);
  return (
    <div role="status" className="fields">
      <MessageBar intent={allowed ? 'success' : 'warning'} layout="multiline">
        <MessageBarBody>
          {summary} {missing.join('; ')}
        </MessageBarBody>
      </MessageBar>
      <Trace rules={explanation.trace} />
    </div>
  );
}
