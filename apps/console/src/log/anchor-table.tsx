import { Badge } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { Time } from '../time/time.tsx';
import type { Standing } from './trusted-log.ts';

/** Where checkpoints are kept out of reach of whoever holds the database. */
export function AnchorTable({ standing: { anchors } }: { readonly standing: Standing }): ReactElement {
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
