import { Agent, request } from 'undici';
import { AlarmError } from './alarm-error.ts';
import type { Destination, Reach } from './destination.ts';
import { guardedConnector, type Lookup } from './guarded-connector.ts';
import { type Attempt, attemptOf, WebhookPost } from './webhook-post.ts';

export interface UndiciWebhookPostOptions {
  /** For the whole exchange, in milliseconds; default 10,000. */
  readonly timeoutMillis?: number;
  readonly lookup?: Lookup;
}

/** Of a reply nothing but the status counts. */
const maxReplyBytes = 65_536;

/** {@link WebhookPost} over undici: a connection for each attempt, no proxy, no redirects. */
export class UndiciWebhookPost extends WebhookPost {
  readonly #timeoutMillis: number;
  readonly #agents: Readonly<Record<Reach, Agent>>;

  constructor({ timeoutMillis = 10_000, lookup }: UndiciWebhookPostOptions = {}) {
    super();
    this.#timeoutMillis = timeoutMillis;
    const agent = (reach: Reach) =>
      new Agent({ connect: guardedConnector(reach, timeoutMillis, lookup), pipelining: 0, maxHeaderSize: 16_384 });
    this.#agents = { public: agent('public'), private: agent('private'), loopback: agent('loopback') };
  }

  override async post(
    { url, reach }: Pick<Destination, 'url' | 'reach'>,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal?: AbortSignal,
  ): Promise<Attempt> {
    const late = AbortSignal.timeout(this.#timeoutMillis);
    try {
      const reply = await request(url, {
        method: 'POST',
        headers: { ...headers },
        body,
        dispatcher: this.#agents[reach],
        signal: signal === undefined ? late : AbortSignal.any([late, signal]),
      });
      const attempt = attemptOf(reply.statusCode, String(reply.headers['retry-after'] ?? ''));
      await reply.body.dump({ limit: maxReplyBytes }).catch(() => undefined);
      return attempt;
    } catch (error) {
      if (error instanceof AlarmError) return { kind: 'misconfigured', reason: error.code };
      return { kind: 'troubled', reason: late.aborted ? 'timed_out' : 'unreachable' };
    }
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#agents).map((agent) => agent.close()));
  }
}
