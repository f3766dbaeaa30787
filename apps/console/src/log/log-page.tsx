import { Badge, Button } from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { Failure, Loading } from '../shell/notice.tsx';
import { Time } from '../time/time.tsx';
import { CompareForm } from './compare-form.tsx';
import { FileDrop } from './file-drop.tsx';
import './log.css';
import { remember } from './log-memory.ts';
import { LogMemoryNotice } from './log-memory-notice.tsx';
import { type Standing, type TrustedLog, useTrustedLog } from './trusted-log.ts';

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
      <Standing log={log} />
      <Anchors standing={log.standing} />
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

function Standing({ log }: { readonly log: TrustedLog }): ReactElement {
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

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Anchors({ standing: { anchors } }: { readonly standing: Standing }): ReactElement {
  return (
    <section className="panel">
      <h2>Anchors</h2>
      {anchors.length === 0 ? (
        <p>
          None is configured. Whoever holds both the database and the log's key could rewrite the log, and only
          checkpoints that people kept would tell.
        </p>
      ) : (
        <table className="trace">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Kind</th>
              <th scope="col">State</th>
              <th scope="col">Holds</th>
              <th scope="col">Since</th>
            </tr>
          </thead>
          <tbody>
            {anchors.map(({ name, kind, state, size, behind, time, failure }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>{kind}</td>
                <td>
                  <Badge
                    appearance="tint"
                    color={state === 'failing' ? 'danger' : state === 'anchored' ? 'success' : 'informative'}
                  >
                    {failure === undefined ? state : `${state}: ${failure}`}
                  </Badge>
                </td>
                <td>{`${size} entries, ${behind} behind`}</td>
                <td>{time === undefined ? '' : <Time at={time} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function OpenUnknowns(): ReactElement {
  const { data, error } = useQuery({
    queryKey: ['open unknowns'],
    queryFn: async () => (await bodyOf(api.GET('/api/audit/open'))).items,
  });
  return (
    <section className="panel">
      <h2>Requests of which nobody knows how they ended</h2>
      {error !== null && <Failure error={error} />}
      {data?.length === 0 && <p>None: everything that was sent has an outcome.</p>}
      <ul>
        {(data ?? []).map(({ index, operation, state, since, jobId }) => (
          <li key={index}>
            Entry {index}: {operation} {jobId}, {state} since <Time at={since} />
          </li>
        ))}
      </ul>
    </section>
  );
}
