import { CodedError } from '#kernel';

/**
 * Reads JSON from the identity provider.
 *
 * Duties of an adapter: https only, no redirects, no credentials, a deadline and a size limit of its own, status 200 or
 * nothing. It rejects with {@link JsonFetchError} and does not retry: who asks knows how often that may happen.
 */
export abstract class JsonFetcher {
  abstract fetch(url: URL): Promise<unknown>;
}

/** Nothing usable came. The message names the host, never a body. */
export class JsonFetchError extends CodedError {
  constructor(
    readonly code: 'insecure_url' | 'unreachable' | 'timeout' | 'unexpected_status' | 'too_large' | 'not_json',
    url: URL,
    options?: { readonly cause?: unknown },
  ) {
    super(`Reading JSON from ${url.host} failed: ${code}.`, options);
  }
}
