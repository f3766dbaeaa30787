import { readFileSync } from 'node:fs';
import type { Requirement } from '#auth';

/** A route of the broker and who may call it. */
export interface Route {
  readonly method: string;
  /** As the router knows it: `:name` is one segment, `*` is the rest. */
  readonly path: string;
  readonly requirement: Requirement;
}

const file = new URL('../e2e/routes.txt', import.meta.url);

/** The committed table, line by line: method, requirement, path. */
export function committedRoutes(): readonly string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

/** The line of a route in the committed table. */
export function lineOf({ method, requirement, path }: Route): string {
  return `${method.padEnd(4)} ${requirement.padEnd(13)} ${path}`;
}

/** The route of a line of the committed table. */
export function routeOf(line: string): Route {
  const [method = '', requirement = '', path = ''] = line.split(/ +/);
  return { method, requirement: requirement as Requirement, path };
}
