import type { FastifyRequest } from 'fastify';

/** How a client would like to be answered about work that takes a while. */
export interface WaitPreference {
  /** Seconds for which it would wait for the end. */
  readonly seconds: number;
  /** Value of the reply's `Preference-Applied`; absent when it preferred nothing. */
  readonly applied?: string;
}

/** Longer than that no reply is held back. */
const maxSeconds = 30;

const wait = /^\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:;.*)?$/i;
const respondAsync = /^\s*respond-async\s*(?:;.*)?$/i;

/**
 * The `wait` and `respond-async` preferences of a request; without either nobody waits. Malformed ones are ignored, and
 * of several the first one counts.
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-4.1
 */
export function waitPreferenceOf({ headers: { prefer } }: Pick<FastifyRequest, 'headers'>): WaitPreference {
  const lines = prefer === undefined ? [] : Array.isArray(prefer) ? prefer : [prefer];
  const preferences = lines.flatMap((line) => line.split(','));
  const asked = preferences.map((text) => wait.exec(text)?.[1]).find((text) => text !== undefined);
  if (asked !== undefined) {
    const seconds = Math.min(Number(asked), maxSeconds);
    return { seconds, applied: `wait=${seconds}` };
  }
  return preferences.some((text) => respondAsync.test(text))
    ? { seconds: 0, applied: 'respond-async' }
    : { seconds: 0 };
}
