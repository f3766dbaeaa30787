import type { Result } from '../report/report.ts';

const verdicts = {
  verified: 'VERIFIED',
  mismatch: 'NOT VERIFIED: it does not fit together',
  incomplete: 'INCOMPLETE: nothing wrong was found, but not everything could be verified',
} as const;

/** The result as text for people, one finding per line. */
export function formatResult(result: Result): string {
  const { facts, entries, fields, prunedEntries, erasedEntries, problems, incomplete, verdict } = result;
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${value}`);
  lines.push(
    `entries: ${entries.verified} verified, ${entries.pruned} pruned by policy, ${entries.missing} missing, ${entries.mismatch} mismatch`,
    `personal fields: ${fields.disclosed} verified, ${fields.erased} erased, ${fields.sealed} sealed`,
  );
  if (prunedEntries.length > 0) lines.push(`pruned by policy: ${ranges(prunedEntries)}`);
  if (erasedEntries.length > 0) lines.push(`erased fields in: ${ranges(erasedEntries)}`);
  for (const { state, code, index, to, detail } of problems) {
    const place = index === undefined ? '' : ` ${to === undefined ? index : `${index}-${to}`}`;
    lines.push(`${state}${place} ${code}: ${detail}`);
  }
  for (const reason of incomplete) lines.push(`NOT CHECKED: ${reason}`);
  lines.push(verdicts[verdict]);
  // Names in a log come from outside; nothing of them may steer the reader's terminal.
  return lines.map((line) => `${line.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd')}\n`).join('');
}

function ranges(list: Result['prunedEntries']): string {
  return list.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
