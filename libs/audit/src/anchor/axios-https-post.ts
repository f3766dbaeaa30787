import type { Agent } from 'node:https';
import { AnchorError } from './anchor-error.ts';
import { HttpsPost, type PostReply } from './https-post.ts';

export interface AxiosHttpsPostOptions {
  /** For the whole exchange, in milliseconds; default 5,000: a stop waits for it. */
  readonly timeoutMs?: number;
  /** Brings other trusted authorities; without it Node's global agent is used. */
  readonly agent?: Agent;
}

/** A hundred cosignatures are shorter. */
const maxBytes = 65_536;

/** {@link HttpsPost} over axios: 5 s and 64 KiB at most. */
export class AxiosHttpsPost extends HttpsPost {
  readonly #timeoutMs: number;
  readonly #agent: Agent | undefined;

  constructor({ timeoutMs = 5_000, agent }: AxiosHttpsPostOptions = {}) {
    super();
    this.#timeoutMs = timeoutMs;
    this.#agent = agent;
  }

  override async post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<PostReply> {
    if (!url.startsWith('https:')) throw new AnchorError('anchor_unreachable', 'Anchors are reached by https only');
    // Large, and few of those who write or read a log have such an anchor.
    const { default: axios } = await import('axios');
    try {
      const reply = await axios.post<string>(url, body, {
        headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
        responseType: 'text',
        transformResponse: [],
        validateStatus: () => true,
        maxRedirects: 0,
        maxContentLength: maxBytes,
        signal: AbortSignal.timeout(this.#timeoutMs),
        // axios would take a proxy from the environment, which only libs/config may read.
        proxy: false,
        ...(this.#agent === undefined ? {} : { httpsAgent: this.#agent }),
      });
      const [type = ''] = String(reply.headers['content-type'] ?? '').split(';', 1);
      return { status: reply.status, type: type.trim().toLowerCase(), body: reply.data };
    } catch (cause) {
      // The cause of an axios error holds the request, and with it the token.
      const why = axios.isAxiosError(cause) ? (cause.code ?? cause.message) : 'no answer';
      throw new AnchorError('anchor_unreachable', `${new URL(url).host} did not answer: ${why}`);
    }
  }
}
