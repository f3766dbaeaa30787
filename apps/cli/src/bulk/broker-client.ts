import { CodedError } from '#kernel';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import type { z } from 'zod';
import { type Operation, operationReply, problemReply, type Rehearsal, rehearsalReply } from './bulk-reply.ts';

const timeoutMillis = 60_000;

/** The broker cannot be asked, or refused. The message says why. */
export class BrokerRefused extends CodedError {
  override readonly code = 'broker_refused';

  constructor(
    message: string,
    /** Whether asking again may help. */
    readonly passing: boolean,
  ) {
    super(message);
  }
}

/** Body of a bulk request. */
export interface BulkBody {
  readonly selector: Readonly<Record<string, unknown>>;
  readonly reason?: string;
  readonly ticket?: string;
  readonly duration?: string;
  readonly until?: string;
}

/** The broker's API, as a program of a person at a terminal uses it. */
export class BrokerClient {
  readonly #http: AxiosInstance;

  /** @param url of the broker; plain HTTP only to this machine, because the token goes along. */
  constructor(url: string, token: string) {
    const { protocol, hostname } = parse(url);
    const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    if (protocol !== 'https:' && !(protocol === 'http:' && isHere)) {
      throw new BrokerRefused('Give the broker by https; http is for brokers on this machine only.', false);
    }
    this.#http = axios.create({
      baseURL: url,
      headers: { authorization: `Bearer ${token}` },
      timeout: timeoutMillis,
      maxRedirects: 0,
      validateStatus: () => true,
    });
  }

  begin(action: 'pause' | 'start', body: BulkBody): Promise<Operation> {
    return this.#ask(this.#http.post(`/api/bulk/${action}`, body), operationReply);
  }

  rehearse(action: 'pause' | 'start', body: BulkBody): Promise<Rehearsal> {
    return this.#ask(this.#http.post(`/api/bulk/${action}?dryRun=true`, body), rehearsalReply);
  }

  operation(id: string): Promise<Operation> {
    return this.#ask(this.#http.get(`/api/operations/${encodeURIComponent(id)}`), operationReply);
  }

  async #ask<Schema extends z.ZodType>(asking: Promise<AxiosResponse<unknown>>, schema: Schema) {
    const { status, data } = await asking.catch((error: unknown) => {
      const why = axios.isAxiosError(error) ? (error.code ?? error.message) : 'failed';
      throw new BrokerRefused(`The broker cannot be reached (${why}).`, true);
    });
    const reply = status < 300 ? schema.safeParse(data).data : undefined;
    if (reply !== undefined) return reply;
    const problem = problemReply.safeParse(data).data;
    const code = problem?.code === undefined ? '' : `, ${problem.code}`;
    const detail = problem?.detail ?? 'The reply is not one of Interlock.';
    throw new BrokerRefused(`${detail} (HTTP ${status}${code})`, status >= 500 || status === 429);
  }
}

function parse(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw new BrokerRefused(`${url} is no address of a broker.`, false);
  }
}
