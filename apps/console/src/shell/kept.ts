/** What the console remembers in this browser, by name. Never anything of a session or a log's content. */
export type KeptName = 'zone' | 'look' | `log ${string}`;

const prefix = 'interlock ';

/** Undefined where nothing is kept, or nothing may be. */
export function readKept(name: KeptName): string | undefined {
  try {
    return localStorage.getItem(prefix + name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers it, where the browser lets us. */
export function keep(name: KeptName, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    // Without a memory the console works all the same.
  }
}
