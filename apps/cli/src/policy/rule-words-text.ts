import type { RuleWords } from '#policy';

/** A rule in a line: its id, what it needs, when it applies. */
export function textOfWords({ rule, needs, when, startQuarantined, breakGlass, limit }: RuleWords): string {
  const more = [
    ...needs,
    ...when,
    ...(startQuarantined ? ['also out of quarantine'] : []),
    ...(breakGlass ? ['breaks the glass'] : []),
    ...(limit === undefined ? [] : [`at most ${limit}`]),
  ];
  return more.length === 0 ? rule : `${rule} (${more.join('; ')})`;
}
