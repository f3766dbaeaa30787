import createClient from 'openapi-fetch';
import { problemOf } from './problem.ts';
import type { operations, paths } from './schema.ts';

/** The broker's API, as openapi.json says. The header is what makes a request with the session's cookie count. */
export const api = createClient<paths>({ headers: { 'Interlock-Console': '1' }, credentials: 'same-origin' });

/** What a success of that operation brings, as JSON. */
export type ReplyOf<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

interface Answered<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a success; throws an ApiProblem. */
export async function bodyOf<Data>(asked: Promise<Answered<Data>>): Promise<Data> {
  const { data, error, response } = await asked;
  if (!response.ok || data === undefined) throw problemOf(response.status, error);
  return data;
}

/** Asserts a success whose body does not matter; throws an ApiProblem. */
export async function done(asked: Promise<Answered<unknown>>): Promise<void> {
  const { error, response } = await asked;
  if (!response.ok) throw problemOf(response.status, error);
}

/** The cursor of the next page, from the Link header (RFC 8288). */
export function nextCursor({ headers }: Response): string | undefined {
  const target = /<([^>]+)>;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1];
  return target === undefined ? undefined : (new URL(target, location.origin).searchParams.get('cursor') ?? undefined);
}

/** A value for Idempotency-Key: repeating the request after a failure does it once. */
export function newKey(): string {
  return crypto.randomUUID();
}
