import type { Agent } from 'node:https';
import axios, { AxiosError } from 'axios';
import { JsonFetcher, JsonFetchError } from './json-fetcher.ts';

export interface AxiosJsonFetcherOptions {
  /** For the whole exchange, in milliseconds; default 5,000. */
  readonly timeoutMs?: number;
  /** Brings other trusted authorities or a proxy; without it Node's global agent is used. */
  readonly agent?: Agent;
}

const maxBytes = 1024 * 1024;

/** {@link JsonFetcher} over axios: 5 s and 1 MiB at most. */
export class AxiosJsonFetcher extends JsonFetcher {
  readonly #timeoutMs: number;
  readonly #agent: Agent | undefined;

  constructor({ timeoutMs = 5_000, agent }: AxiosJsonFetcherOptions = {}) {
    super();
    this.#timeoutMs = timeoutMs;
    this.#agent = agent;
  }

  override async fetch(url: URL): Promise<unknown> {
    if (url.protocol !== 'https:') throw new JsonFetchError('insecure_url', url);
    const text = await this.#text(url);
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      throw new JsonFetchError('not_json', url, { cause });
    }
  }

  async #text(url: URL): Promise<string> {
    try {
      const reply = await axios.get<string>(url.href, {
        headers: { accept: 'application/json' },
        responseType: 'text',
        // axios parses JSON on its own otherwise, and swallows what is none.
        transformResponse: [],
        validateStatus: (status) => status === 200,
        maxRedirects: 0,
        maxContentLength: maxBytes,
        signal: AbortSignal.timeout(this.#timeoutMs),
        // axios would take a proxy from the environment, which only libs/config may read.
        proxy: false,
        ...(this.#agent === undefined ? {} : { httpsAgent: this.#agent }),
      });
      return reply.data;
    } catch (cause) {
      throw new JsonFetchError(codeOf(cause), url, { cause });
    }
  }
}

function codeOf(cause: unknown): JsonFetchError['code'] {
  if (!(cause instanceof AxiosError)) return 'unreachable';
  if (cause.code === AxiosError.ERR_CANCELED) return 'timeout';
  if (cause.message.startsWith('maxContentLength')) return 'too_large';
  return cause.response === undefined ? 'unreachable' : 'unexpected_status';
}
