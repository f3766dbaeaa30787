import { Button, Input, ToggleButton } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Empty, Failure, Loading } from '../shell/notice.tsx';
import type { Session } from '../shell/session.ts';
import { Time } from '../time/time.tsx';
import type { Change } from './asked-change.ts';
import { ChangeDialog } from './change-dialog.tsx';
import type { HoldChange } from './hold-change.ts';
import { HoldDialog } from './hold-dialog.tsx';
import { type CatalogJob, type Hold, type Job, useCatalog, useHolds } from './job-data.ts';
import { JobRow } from './job-row.tsx';
import { matching, tagsOf } from './job-search.ts';
import { PickedBar } from './picked-bar.tsx';

type Asked =
  | {
      readonly about: 'jobs';
      readonly change: Change;
      readonly aliases: readonly string[];
      readonly warning?: string | undefined;
    }
  | { readonly about: 'hold'; readonly change: HoldChange; readonly hold: Hold };

/** The jobs that this person may see, with what keeps them paused. */
export function JobsPage({ session: { rights } }: { readonly session: Session }): ReactElement {
  const catalog = useCatalog();
  const holds = useHolds();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [tags, setTags] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked>();
  if (catalog.data === undefined) {
    if (catalog.error === null) return <Loading what="the jobs" />;
    return (
      <Failure
        error={catalog.error}
        retry={() => {
          void catalog.refetch();
        }}
      />
    );
  }
  const jobs = catalog.data;
  const shown = matching(jobs, text, tags);
  const picked = shown.filter(({ alias }) => chosen.has(alias)).map(({ alias }) => alias);
  const holdsOf = (job: CatalogJob): readonly Hold[] | undefined =>
    holds.data?.filter(
      ({ servicePrincipalId, jobId }) =>
        servicePrincipalId === job.servicePrincipalId && (job.jobId === undefined || jobId === job.jobId),
    );
  const ask = (change: Change, aliases: readonly string[]): void => {
    const about = aliases.map((alias) => client.getQueryData<Job>(['job', alias]));
    setAsked({ about: 'jobs', change, aliases, warning: change === 'start' ? startWarning(about) : undefined });
  };
  const toggled = (set: ReadonlySet<string>, name: string): ReadonlySet<string> =>
    set.has(name) ? new Set([...set].filter((one) => one !== name)) : new Set([...set, name]);
  const close = (): void => {
    setAsked(undefined);
  };
  return (
    <>
      <title>Jobs · Interlock</title>
      <div className="page-head">
        <h1>Jobs</h1>
        <Input
          type="search"
          aria-label="Search jobs"
          placeholder="Name, id or tag"
          value={text}
          onChange={(_, { value }) => {
            setText(value);
          }}
        />
        <div role="group" aria-label="Tags" className="tags">
          {tagsOf(jobs).map((tag) => (
            <ToggleButton
              key={tag}
              size="small"
              checked={tags.has(tag)}
              onClick={() => {
                setTags(toggled(tags, tag));
              }}
            >
              {tag}
            </ToggleButton>
          ))}
        </div>
        <span className="spacer" />
        <span className="quiet">
          As of <Time at={new Date(catalog.dataUpdatedAt).toISOString()} />
        </span>
        <Button
          onClick={() => {
            for (const key of ['jobs', 'job', 'holds']) void client.invalidateQueries({ queryKey: [key] });
          }}
        >
          Look again
        </Button>
      </div>
      {holds.error !== null && <Failure error={holds.error} about="Holds are not shown" />}
      <PickedBar picked={picked} mayStart={rights.includes('Jobs.Start')} onChange={ask} />
      {jobs.length === 0 && (
        <Empty title="No jobs for you">The policy shows you none. Whoever keeps the policy can change that.</Empty>
      )}
      {jobs.length > 0 && shown.length === 0 && (
        <Empty title="Nothing found">No job has this name and these tags.</Empty>
      )}
      <ul className="jobs">
        {shown.map((job) => (
          <JobRow
            key={job.alias}
            job={job}
            holds={holdsOf(job)}
            rights={rights}
            chosen={chosen.has(job.alias)}
            onChoose={() => {
              setChosen(toggled(chosen, job.alias));
            }}
            onChange={(change) => {
              ask(change, [job.alias]);
            }}
            onHoldChange={(change, hold) => {
              setAsked({ about: 'hold', change, hold });
            }}
          />
        ))}
      </ul>
      {asked?.about === 'jobs' && <ChangeDialog {...asked} onClose={close} />}
      {asked?.about === 'hold' && (
        <HoldDialog
          change={asked.change}
          hold={asked.hold}
          others={
            (holds.data ?? []).filter(({ jobId, id }) => jobId === asked.hold.jobId && id !== asked.hold.id).length
          }
          onClose={close}
        />
      )}
    </>
  );
}

/** What must be thought of before these jobs are started. */
function startWarning(jobs: readonly (Job | undefined)[]): string {
  const isQuarantined = jobs.some((job) => job?.quarantine !== undefined);
  return isQuarantined
    ? 'Graph holds a job back, perhaps because it was about to delete many accounts. A start clears that, and it goes on.'
    : 'A job that starts writes to its target at once, and what it deletes there may be gone.';
}
