import axios, { type AxiosResponse } from 'axios';
import { z } from 'zod';

export interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A reply with whatever status. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly data: unknown;
  /** Interlock's stable code, from either error envelope. */
  readonly code: string | undefined;
}

const GraphError = z.object({ error: z.object({ innerError: z.looseObject({ code: z.string() }) }) });
const Problem = z.object({ code: z.string(), type: z.string() });

/** Sends one request as a plain HTTP client would; every status is an answer, not an error. */
export async function call(
  url: string,
  { method = 'GET', token, body, headers = {}, signal }: Call = {},
): Promise<Reply> {
  const reply = await axios.request<unknown>({
    url,
    method,
    data: body,
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    validateStatus: () => true,
    maxRedirects: 0,
    ...(signal !== undefined && { signal }),
  });
  return replyOf(reply);
}

/** What a test looks at of axios' reply. */
export function replyOf(reply: AxiosResponse<unknown>): Reply {
  return {
    status: reply.status,
    headers: reply.headers as Record<string, string | undefined>,
    data: reply.data,
    code: codeOf(reply.data),
  };
}

function codeOf(data: unknown): string | undefined {
  const graph = GraphError.safeParse(data);
  if (graph.success) return graph.data.error.innerError.code;
  return Problem.safeParse(data).data?.code;
}
