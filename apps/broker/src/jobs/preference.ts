import type { FastifyRequest } from 'fastify';

/** What a client would like back after a change: nothing, or the job as it then is. */
export type ReturnPreference = 'minimal' | 'representation';

/** A preference: name, optional value (token or quoted), optional parameters. */
const preference = /^\s*return\s*=\s*(?:"(minimal|representation)"|(minimal|representation))\s*(?:;.*)?$/i;

/**
 * The `return` preference of a request. Preferences that are malformed or unknown are ignored, and of several the first
 * one counts.
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-4.2
 */
export function returnPreferenceOf(request: Pick<FastifyRequest, 'headers'>): ReturnPreference | undefined {
  const { prefer } = request.headers;
  const lines = prefer === undefined ? [] : Array.isArray(prefer) ? prefer : [prefer];
  for (const text of lines.flatMap((line) => line.split(','))) {
    const found = preference.exec(text);
    const value = (found?.[1] ?? found?.[2])?.toLowerCase();
    if (value === 'minimal' || value === 'representation') return value;
  }
  return undefined;
}
