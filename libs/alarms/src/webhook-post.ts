import type { Destination } from './destination.ts';

/** What became of one attempt to deliver an alarm. */
export type Attempt =
  | { readonly kind: 'delivered' }
  /** The destination is away, busy, or not set up: the next attempt may go better. */
  | { readonly kind: 'troubled'; readonly reason: string; readonly retryAfterMillis?: number }
  /** It took the request and refused this one. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It will never take anything at this URL. */
  | { readonly kind: 'misconfigured'; readonly reason: string };

/** Hands a signed body to a destination. */
export abstract class WebhookPost {
  /** Never rejects. Ends early as `troubled` when the signal is aborted. */
  abstract post(
    destination: Pick<Destination, 'url' | 'reach'>,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal?: AbortSignal,
  ): Promise<Attempt>;
}

/** Statuses that tell of the destination and not of the alarm. */
const trouble: ReadonlySet<number> = new Set([401, 403, 404, 405, 407, 408, 421, 425, 429]);

/** What a reply means. @param retryAfter the header of that name. */
export function attemptOf(status: number, retryAfter?: string): Attempt {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 410) return { kind: 'misconfigured', reason: 'gone' };
  if (status < 400) return { kind: 'misconfigured', reason: status < 300 ? `http_${status}` : 'redirected' };
  const reason = `http_${status}`;
  if (status < 500 && !trouble.has(status)) return { kind: 'refused', reason };
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
  return { kind: 'troubled', reason, ...(seconds > 0 && { retryAfterMillis: seconds * 1_000 }) };
}
