import { Field, Input, Select } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { createdValue, daysOf, readQuery, type TermName, valueOf, withValue, writeQuery } from './query-text.ts';

const choices: readonly { readonly name: TermName; readonly label: string; readonly values: readonly string[] }[] = [
  { name: 'action', label: 'Action', values: ['pause', 'start', 'read'] },
  { name: 'decision', label: 'Decision', values: ['allow', 'deny'] },
  {
    name: 'outcome',
    label: 'Outcome',
    values: ['success', 'failure', 'unknown', 'applied', 'not_applied', 'inconclusive'],
  },
];
const texts: readonly { readonly name: TermName; readonly label: string }[] = [
  { name: 'ticket', label: 'Ticket' },
  { name: 'rule', label: 'Rule' },
  { name: 'actor', label: 'Person or app' },
];

/** Writes the same text as people do: the query is the only state. */
export function FilterBuilder({
  query,
  onChange,
}: {
  readonly query: string;
  readonly onChange: (query: string) => void;
}): ReactElement {
  const terms = readQuery(query);
  const disabled = terms === undefined;
  const known = terms ?? [];
  const set = (name: TermName, value: string): void => {
    onChange(writeQuery(withValue(known, name, value.trim())));
  };
  const days = daysOf(known);
  return (
    <div className="filters" role="group" aria-label="Filters">
      {choices.map(({ name, label, values }) => (
        <Field key={name} label={label} size="small">
          <Select
            size="small"
            disabled={disabled}
            value={valueOf(known, name)}
            onChange={(_, { value }) => {
              set(name, value);
            }}
          >
            <option value="">Any</option>
            {values.map((value) => (
              <option key={value}>{value}</option>
            ))}
          </Select>
        </Field>
      ))}
      {texts.map(({ name, label }) => (
        <Field key={name} label={label} size="small">
          <Input
            size="small"
            disabled={disabled}
            value={valueOf(known, name)}
            onChange={(_, { value }) => {
              set(name, value);
            }}
          />
        </Field>
      ))}
      {(['from', 'to'] as const).map((end) => (
        <Field key={end} label={end === 'from' ? 'From (UTC)' : 'To (UTC)'} size="small">
          <Input
            size="small"
            type="date"
            disabled={disabled}
            value={days[end]}
            onChange={(_, { value }) => {
              set('created', createdValue({ ...days, [end]: value }));
            }}
          />
        </Field>
      ))}
    </div>
  );
}
