import { Field, Select } from '@fluentui/react-components';
import type { ReactElement } from 'react';

const choices: readonly (readonly [duration: string, words: string])[] = [
  ['PT30M', '30 minutes'],
  ['PT1H', '1 hour'],
  ['PT2H', '2 hours'],
  ['PT4H', '4 hours'],
  ['PT8H', '8 hours'],
  ['P1D', '1 day'],
  ['P7D', '7 days'],
];

/** For how long; the empty choice, where there is one, means until somebody ends it. */
export function DurationField({
  value,
  onChange,
  label,
  endless,
}: {
  readonly value: string;
  readonly onChange: (duration: string) => void;
  readonly label: string;
  readonly endless: boolean;
}): ReactElement {
  return (
    <Field label={label}>
      <Select
        value={value}
        onChange={(_, data) => {
          onChange(data.value);
        }}
      >
        {choices.map(([duration, words]) => (
          <option key={duration} value={duration}>
            {words}
          </option>
        ))}
        {endless && <option value="">Until somebody ends it</option>}
      </Select>
    </Field>
  );
}
