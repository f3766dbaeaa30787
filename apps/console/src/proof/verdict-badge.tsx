import { Badge, Tooltip } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { Verdict } from './verdict.ts';

const looks = {
  anchored: { word: 'Verified, anchored', color: 'success', appearance: 'filled' },
  verified: { word: 'Verified', color: 'success', appearance: 'tint' },
  erased: { word: 'Verified, fields erased', color: 'success', appearance: 'outline' },
  pending: { word: 'Pending', color: 'informative', appearance: 'tint' },
  pruned: { word: 'Pruned', color: 'subtle', appearance: 'outline' },
  mismatch: { word: 'MISMATCH', color: 'danger', appearance: 'filled' },
} as const;

/** What checking came to, in a word; what was checked and what was not, in a sentence. */
export function VerdictBadge({ verdict }: { readonly verdict: Verdict }): ReactElement {
  const { word, color, appearance } = looks[verdict.kind];
  return (
    <Tooltip content={verdictSentence(verdict)} relationship="description">
      <Badge
        className="verdict"
        data-verdict={verdict.kind}
        color={color}
        appearance={appearance}
        role="note"
        tabIndex={0}
      >
        {word}
      </Badge>
    </Tooltip>
  );
}

/** What was checked, by whom, and what that does not say. */
export function verdictSentence(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'anchored':
      return `This browser hashed the entry and followed it to the signed root of ${verdict.size} entries, which an anchor outside keeps a checkpoint of, as the server says. That it was true when it was recorded is not shown by this.`;
    case 'verified':
      return `This browser hashed the entry and followed it to the signed root of ${verdict.size} entries. No anchor outside has it yet: whoever holds both database and key could still rewrite it.`;
    case 'erased':
      return `Verified under the root of ${verdict.size} entries. ${verdict.count} personal fields were erased; their digests still stand.`;
    case 'pending':
      return 'Not checked yet: no checkpoint covers it, or its proof is being fetched.';
    case 'pruned':
      return 'The entry was dropped under the retention policy. Its hash is still in the log.';
    case 'mismatch':
      return `${verdict.why} Do not rely on what is shown, and tell whoever runs Interlock.`;
  }
}
