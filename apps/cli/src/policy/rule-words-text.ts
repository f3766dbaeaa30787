import type { RuleWords } from '#policy';

/** A rule in a line: its id, what it needs, when it applies. */
export function textOfWords({ rule, needs, when, startQuarantined, breakGlass }: RuleWords): string {
  const more = [
    ...needs,
    ...when,
    ...(startQuarantined ? ['also out of quarantine'] : []),
    ...(breakGlass ? ['breaks the glass'] : []),
  ];
  return more.length === 0 ? rule : `${rule} (${more.join('; ')})`;
}
