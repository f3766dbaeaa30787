import { Badge } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Operation } from './audit-data.ts';

const words: Readonly<
  Record<Operation['state'], readonly [word: string, color: 'danger' | 'success' | 'warning' | 'informative']>
> = {
  denied: ['Denied', 'danger'],
  open: ['Open', 'informative'],
  succeeded: ['Succeeded', 'success'],
  failed: ['Failed', 'danger'],
  unknown: ['Unknown', 'warning'],
  'reconciled:applied': ['Reconciled: applied', 'success'],
  'reconciled:not_applied': ['Reconciled: not applied', 'warning'],
  'reconciled:inconclusive': ['Reconciled: inconclusive', 'warning'],
};

/** What became of an operation, in a word. */
export function StateChip({ state }: { readonly state: Operation['state'] }): ReactElement {
  const [word, color] = words[state];
  return (
    <Badge className="state" appearance="tint" color={color}>
      {word}
    </Badge>
  );
}
