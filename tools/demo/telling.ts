import { styleText } from 'node:util';

export function say(...lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}

/** Throws when Interlock does not do what the story says. */
export function expect(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`The demo went wrong: ${what}`);
}

/** A status as it is shown: green is success. */
export function colour(status: number): string {
  return styleText(['bold', status < 300 ? 'green' : 'yellow'], String(status));
}
