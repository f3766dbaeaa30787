import { Badge, Button, Checkbox, Spinner, Tag } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useEffect, useRef } from 'react';
import { wordsOf } from '../api/problem.ts';
import type { Right } from '../shell/session.ts';
import type { Change } from './asked-change.ts';
import type { HoldChange } from './hold-change.ts';
import { HoldLine } from './hold-line.tsx';
import { type CatalogJob, type Hold, useJob } from './job-data.ts';
import { type JobStateKind, stateWords } from './job-state.ts';

const colours: Readonly<Record<JobStateKind, 'success' | 'brand' | 'informative' | 'danger'>> = {
  active: 'success',
  paused: 'brand',
  draining: 'informative',
  quarantine: 'danger',
};

/** A job with its live state, the holds on it, and what may be done. */
export function JobRow({
  job,
  holds,
  rights,
  chosen,
  onChoose,
  onChange,
  onHoldChange,
}: {
  readonly job: CatalogJob;
  /** Undefined until they are known. */
  readonly holds: readonly Hold[] | undefined;
  readonly rights: readonly Right[];
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
  readonly onChange: (change: Change) => void;
  readonly onHoldChange: (change: HoldChange, hold: Hold) => void;
}): ReactElement {
  const isOne = job.jobId !== undefined;
  useLookWhenHoldsChange(job.alias, holds);
  return (
    <li className="job" aria-label={job.alias}>
      <div className="job-head">
        {rights.includes('Jobs.Pause') && (
          <Checkbox
            aria-label={`Choose ${job.alias}`}
            checked={chosen}
            disabled={!isOne}
            onChange={(_, { checked }) => {
              onChoose(checked === true);
            }}
          />
        )}
        <div className="job-name">
          <h2 tabIndex={-1}>{job.alias}</h2>
          {(job.tags ?? []).map((tag) => (
            <Tag key={tag} size="extra-small" appearance="outline">
              {tag}
            </Tag>
          ))}
          <p className="quiet ids">{job.jobId ?? `every job of ${job.servicePrincipalId}`}</p>
        </div>
        <LiveState job={job} />
        <div className="job-actions">
          {isOne && rights.includes('Jobs.Pause') && (
            <Button
              appearance="primary"
              onClick={() => {
                onChange('pause');
              }}
            >
              Pause…
            </Button>
          )}
          {isOne && rights.includes('Jobs.Start') && (
            <Button
              onClick={() => {
                onChange('start');
              }}
            >
              Start…
            </Button>
          )}
        </div>
      </div>
      {job.openUnknowns !== undefined && (
        <p className="unknown">
          Nobody knows yet what became of a request to {job.openUnknowns[0]?.operation} this job. Interlock finds out by
          reading it.
        </p>
      )}
      {holds !== undefined && holds.length > 0 && (
        <ul className="holds" aria-label={`Holds on ${job.alias}`}>
          {holds.map((hold) => (
            <HoldLine
              key={hold.id}
              hold={hold}
              mayOverride={rights.includes('Holds.Override')}
              onChange={onHoldChange}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

/** A hold that began or ended, by its time or by somebody else, has changed the job. */
function useLookWhenHoldsChange(alias: string, holds: readonly Hold[] | undefined): void {
  const client = useQueryClient();
  const marks = holds?.map(({ id, state }) => `${id} ${state}`).join();
  const seen = useRef(marks);
  useEffect(() => {
    if (seen.current !== undefined && seen.current !== marks)
      void client.invalidateQueries({ queryKey: ['job', alias] });
    seen.current = marks;
  }, [client, alias, marks]);
}

function LiveState({ job }: { readonly job: CatalogJob }): ReactElement {
  const { data, error, isFetching } = useJob(job);
  if (job.jobId === undefined)
    return <span className="job-state quiet">Several jobs; the policy names them together.</span>;
  if (error !== null && !isFetching) {
    return (
      <span className="job-state">
        <Badge appearance="tint" color="warning">
          State not known
        </Badge>
        <span className="quiet">{wordsOf(error).title}</span>
      </span>
    );
  }
  if (data === undefined) return <Spinner className="job-state" size="tiny" label="Reading …" />;
  const { kind, word, meaning } = stateWords(data);
  return (
    <span className="job-state" data-state={kind}>
      <Badge appearance="tint" color={colours[kind]} size="large">
        {word}
      </Badge>
      <span className="quiet">{meaning}</span>
    </span>
  );
}
