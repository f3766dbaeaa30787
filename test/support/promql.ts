const words: ReadonlySet<string> = new Set(['and', 'or', 'unless', 'bool', 'offset']);

/** The metrics that a PromQL expression asks for: what is left of its names without functions, labels and strings. */
export function metricsIn(expression: string): readonly string[] {
  const bare = expression
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  const names = [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\w|\s*\()/g)].map(([name]) => name);
  return names.filter((name, at) => !words.has(name) && names.indexOf(name) === at && !/^e\d+$/.test(name));
}

/** Names of all series of an exposition in Prometheus' text format. */
export function seriesOf(exposition: string): ReadonlySet<string> {
  const kinds = [...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return new Set(
    kinds.flatMap(([, name = '', kind]) =>
      kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}
