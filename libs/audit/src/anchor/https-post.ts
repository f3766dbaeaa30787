/** What an endpoint answered. */
export interface PostReply {
  readonly status: number;
  /** Media type without parameters, lower case. */
  readonly type: string;
  readonly body: string;
}

/**
 * Sends text by POST. Duties of an adapter: https only, no redirects, a deadline and a size limit of its own, any status
 * is an answer; it rejects with AnchorError `anchor_unreachable` when there is none, and does not retry.
 */
export abstract class HttpsPost {
  abstract post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<PostReply>;
}
