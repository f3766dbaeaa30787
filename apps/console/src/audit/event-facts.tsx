import type { ReactElement, ReactNode } from 'react';
import type { LeafEvent, LeafJobState } from '../proof/leaf.ts';
import { actorWords } from './sentence.ts';

/** The facts of an event that people ask for, where it has them. */
export function EventFacts({ event }: { readonly event: LeafEvent }): ReactElement {
  const { actor, resource, upstream, trace, before, after, shadow } = event;
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ['Who', actor && `${actorWords(actor)} ${actor.ref ?? actor.app_id ?? ''}`],
    ['Roles', actor?.roles?.join(', ')],
    ['Job', resource && [resource.alias, resource.job_id, resource.sp_id].filter(Boolean).join(' · ')],
    ['Ticket', event.ticket?.id],
    ['Ends', event.until],
    ['Decision', event.decision && [event.decision, event.rule_id, event.deny_code].filter(Boolean).join(' · ')],
    ['Policy', event.policy?.sha256],
    ['Shadow policy', shadow && [shadow.decision, shadow.rule_id].filter(Boolean).join(' · ')],
    ['Job before', stateText(before)],
    ['Job after', stateText(after)],
    [
      'Asked of Graph',
      upstream &&
        Object.entries(upstream)
          .map(([name, value]) => `${name} ${value}`)
          .join(' · '),
    ],
    ['Request', event.corr?.request_id],
    ['Client request', event.corr?.client_request_id],
    ['Personal fields', event._sd && `${event._sd.length}, by digest only`],
  ];
  const told = facts.filter(([, value]) => value !== undefined && value !== '');
  return (
    <>
      <dl className="facts">
        {told.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {trace !== undefined && trace.length > 0 && <Trace rules={trace} />}
    </>
  );
}

/** How the policy came to its decision: each rule with the first condition that did not hold. */
export function Trace({ rules }: { readonly rules: NonNullable<LeafEvent['trace']> }): ReactElement {
  return (
    <table className="trace">
      <caption>How the policy judged</caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Effect</th>
          <th scope="col">Matched</th>
        </tr>
      </thead>
      <tbody>
        {rules.map(({ rule, effect, failed }) => (
          <tr key={rule}>
            <td>{rule}</td>
            <td>{effect}</td>
            <td>{failed === undefined ? 'yes' : failureText(failed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function failureText({ condition, expected, got }: { condition: string; expected?: string; got?: string }): string {
  const wanted = expected === undefined ? '' : `: ${expected}`;
  return `no, ${condition}${wanted}${got === undefined ? '' : `; it was ${got}`}`;
}

function stateText(state: LeafJobState | 'unknown' | undefined): string | undefined {
  if (state === undefined || state === 'unknown') return state;
  return `schedule ${state.schedule_state ?? '?'}, status ${state.status ?? '?'}`;
}
