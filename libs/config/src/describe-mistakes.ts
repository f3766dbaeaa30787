import type { Mistake } from './configuration-error.ts';

const order: readonly Mistake['kind'][] = ['missing', 'invalid', 'contradiction', 'unreadable', 'unknown'];

/** One line of plain text per mistake, sorted by kind: by name, never with a value. */
export function describeMistakes(mistakes: readonly Mistake[]): readonly string[] {
  const width = Math.max(...mistakes.map(({ setting }) => setting.length));
  return order.flatMap((kind) =>
    mistakes
      .filter((mistake) => mistake.kind === kind)
      .map(({ setting, message }) => `${setting.padEnd(width)}  ${kind}: ${message}`),
  );
}
