import { Badge } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { Failure, Loading } from '../shell/notice.tsx';
import { actions, useWhoCan, type WhoCan } from './policy-data.ts';

type Able = WhoCan['callers'][number];
type Rule = Able['grants'][number];

/** Who may do what to one job: a row per caller of the policy, a column per action. */
export function WhoCanTable({
  job,
  callers,
}: {
  readonly job: string;
  readonly callers: readonly string[];
}): ReactElement {
  const answers = useWhoCan(job);
  const failed = answers.find(({ error }) => error !== null)?.error;
  if (failed !== undefined && failed !== null) return <Failure error={failed} />;
  if (answers.some(({ data }) => data === undefined)) return <Loading what="who may do what" />;
  return (
    <table className="trace">
      <caption>{`Who may do what to ${job}`}</caption>
      <thead>
        <tr>
          <th scope="col">Caller</th>
          {actions.map((action) => (
            <th key={action} scope="col">
              {action}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {callers.map((caller) => (
          <tr key={caller}>
            <th scope="row">{caller}</th>
            {actions.map((action, at) => (
              <td key={action}>
                <Cell able={answers[at]?.data?.callers.find((one) => one.caller === caller)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ able }: { readonly able: Able | undefined }): ReactElement {
  if (able === undefined) return <span className="quiet">no</span>;
  return (
    <ul className="grants">
      {able.grants.map((rule) => (
        <li key={rule.rule}>
          <Badge appearance="tint" color="success">
            {rule.rule}
          </Badge>{' '}
          {termsOf(rule)}
        </li>
      ))}
      {able.except.map((rule) => (
        <li key={rule.rule}>
          <Badge appearance="tint" color="danger">
            {`except ${rule.rule}`}
          </Badge>{' '}
          {termsOf(rule)}
        </li>
      ))}
    </ul>
  );
}

/** On what terms, in the order in which people meet them. */
export function termsOf({ needs, when, limit, breakGlass, startQuarantined }: Rule): string {
  const terms = [
    ...needs,
    ...when,
    ...(limit === undefined ? [] : [limit]),
    ...(startQuarantined === true ? ['also in quarantine'] : []),
    ...(breakGlass === true ? ['break glass: raises an alarm'] : []),
  ];
  return terms.join('; ');
}
