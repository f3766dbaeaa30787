import { Field, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';
import { Empty, Failure, Loading } from '../shell/notice.tsx';
import { Time } from '../time/time.tsx';
import '../audit/audit.css';
import '../log/log.css';
import { DiffPanel } from './diff-panel.tsx';
import { ExplainForm } from './explain-form.tsx';
import { namesIn, type PolicyView, usePolicy } from './policy-data.ts';
import { WhoCanTable } from './who-can-table.tsx';

/** Who may do what, and why. Nothing can be changed here: the policy is a file, which has its own reviews. */
export default function PolicyPage(): ReactElement {
  const { data, error, refetch } = usePolicy();
  if (data !== undefined) return <Policy view={data} />;
  if (error === null) return <Loading what="the policy" />;
  return (
    <Failure
      error={error}
      retry={() => {
        void refetch();
      }}
    />
  );
}

function Policy({ view }: { readonly view: PolicyView }): ReactElement {
  const jobs = namesIn(view, 'jobs');
  const callers = namesIn(view, 'callers');
  const [job, setJob] = useState(jobs[0] ?? '');
  return (
    <>
      <title>Policy · Interlock</title>
      <div className="page-head">
        <h1>Policy</h1>
        <span className="quiet">
          In force since <Time at={view.since} />, SHA-256 <code title={view.sha256}>{view.sha256.slice(0, 12)}…</code>
        </span>
      </div>
      {view.trouble !== undefined && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            The file on disk is not the one in force ({view.trouble.replaceAll('_', ' ')}). The broker's log says why.
          </MessageBarBody>
        </MessageBar>
      )}
      {jobs.length === 0 && <Empty title="The policy names no job">Nobody may do anything then.</Empty>}
      {jobs.length > 0 && (
        <section className="panel">
          <Field label="Job" className="begin">
            <Select
              value={job}
              onChange={(_, { value }) => {
                setJob(value);
              }}
            >
              {jobs.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          </Field>
          <WhoCanTable job={job} callers={callers} />
        </section>
      )}
      {jobs.length > 0 && callers.length > 0 && (
        <section className="panel">
          <h2>How would a request be judged?</h2>
          <ExplainForm callers={callers} jobs={jobs} />
        </section>
      )}
      <DiffPanel shadowSha256={view.shadowSha256} />
    </>
  );
}
