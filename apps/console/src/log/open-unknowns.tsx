import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { Failure } from '../shell/notice.tsx';
import { Time } from '../time/time.tsx';

/** Requests without a known end: where the log itself says that it does not know. */
export function OpenUnknowns(): ReactElement {
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
