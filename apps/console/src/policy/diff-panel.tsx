import { Badge } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Failure } from '../shell/notice.tsx';
import { diffWith, type PolicyDiff } from './policy-data.ts';
import { termsOf } from './who-can-table.tsx';

const words = {
  allowed: ['newly allowed', 'warning'],
  denied: ['no longer allowed', 'danger'],
  changed: ['on other terms', 'informative'],
} as const;

/** Compares the policy in force with a file, such as the one on trial. */
export function DiffPanel({ shadowSha256 }: { readonly shadowSha256: string | undefined }): ReactElement {
  const compared = useMutation({ mutationFn: diffWith });
  return (
    <section className="panel">
      <h2>What another policy would change</h2>
      <p>
        {shadowSha256 === undefined
          ? 'No shadow policy is on trial.'
          : `The shadow policy ${shadowSha256.slice(0, 12)}… is on trial: where it decides otherwise, the entry in the log says so.`}{' '}
        Choose a policy file to see what it would change. Only that it was asked is recorded, not what it says.
      </p>
      <label className="drop">
        <span>Policy file (YAML)</span>
        <input
          type="file"
          accept=".yaml,.yml"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file !== undefined) compared.mutate(file);
            // So that the same file, changed meanwhile, can be chosen again.
            target.value = '';
          }}
        />
      </label>
      {compared.error !== null && <Failure error={compared.error} />}
      <div role="status">{compared.data !== undefined && <Changes changes={compared.data.changes} />}</div>
    </section>
  );
}

function Changes({ changes }: Pick<PolicyDiff, 'changes'>): ReactElement {
  if (changes.length === 0) return <p>It would change nothing.</p>;
  return (
    <ul className="changes">
      {changes.map(({ kind, action, callers, jobs, after }) => (
        <li key={[kind, action, ...callers, ...jobs].join(' ')}>
          <Badge appearance="tint" color={words[kind][1]}>
            {words[kind][0]}
          </Badge>{' '}
          {`${callers.join(', ')}: ${action} ${jobs.join(', ')}`}
          <span className="quiet"> {after.grants.map((rule) => `${rule.rule} ${termsOf(rule)}`).join('; ')}</span>
        </li>
      ))}
    </ul>
  );
}
