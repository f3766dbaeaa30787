/** A part of a line; it holds its start and not its end. */
export type Span = readonly [from: number, to: number];

/** Parts of a line, sorted, that neither overlap nor touch: equal sets of points have equal spans. */
export type Spans = readonly Span[];

/** The points of any of the parts. */
export function spansOf(parts: readonly Span[]): Spans {
  const merged: [number, number][] = [];
  for (const [from, to] of parts.toSorted(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Whether every point of `inner` is one of `outer`. */
export function contains(outer: Spans, inner: Spans): boolean {
  return inner.every(([from, to]) => outer.some((span) => span[0] <= from && to <= span[1]));
}
