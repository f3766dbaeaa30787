import { Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { FormDialog } from '../shell/form-dialog.tsx';
import { Failure } from '../shell/notice.tsx';
import { type TakeOut, takeOut } from './take-out.ts';

/** Takes what the query finds out of the service. Why is asked first, and recorded with it. */
export function TakeOutDialog({
  q,
  mayDisclose,
  onClose,
}: {
  readonly q: string;
  readonly mayDisclose: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const [kind, setKind] = useState<TakeOut['kind']>('evidence');
  const [purpose, setPurpose] = useState('');
  const [disclose, setDisclose] = useState(false);
  const taken = useMutation({ mutationFn: takeOut, onSuccess: onClose });
  return (
    <FormDialog
      title="Take it out"
      submit={taken.isPending ? 'Being made …' : 'Download'}
      ready={purpose.trim() !== ''}
      busy={taken.isPending}
      onSubmit={() => {
        taken.mutate({ kind, q, purpose: purpose.trim(), disclose: disclose && kind === 'evidence' });
      }}
      onClose={onClose}
    >
      <p>All events that the query finds: {q === '' ? 'the whole log' : <code>{q}</code>}</p>
      <Field label="As">
        <RadioGroup
          value={kind}
          onChange={(_, { value }) => {
            setKind(value === 'csv' || value === 'ndjson' ? value : 'evidence');
          }}
        >
          <Radio value="evidence" label="Evidence bundle (.zip): proofs, policies, a script that checks it all" />
          <Radio value="ndjson" label="Export (.ndjson): exact entries and a signed count; can be verified" />
          <Radio value="csv" label="Export (.csv): for spreadsheets" />
        </RadioGroup>
      </Field>
      <Field label="What is it for?" hint="Recorded with the read." required>
        <Input
          value={purpose}
          maxLength={1_000}
          onChange={(_, { value }) => {
            setPurpose(value);
          }}
        />
      </Field>
      {mayDisclose && kind === 'evidence' && (
        <Checkbox
          label="With personal fields in clear (names, addresses, reasons)"
          checked={disclose}
          onChange={(_, { checked }) => {
            setDisclose(checked === true);
          }}
        />
      )}
      {taken.error !== null && <Failure error={taken.error} />}
    </FormDialog>
  );
}
