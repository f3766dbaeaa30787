import { Anchor, type Submission } from './anchor.ts';
import { AnchorError } from './anchor-error.ts';
import type { HttpsPost } from './https-post.ts';

/** An endpoint that keeps what is posted to it. Any 2xx says that it did. */
export class HttpsAnchor extends Anchor {
  override readonly kind = 'https';
  readonly #post: HttpsPost;
  readonly #token: (() => Promise<string>) | undefined;

  /** @param token is asked for at each push, so that a secret that was replaced needs no restart. */
  constructor(
    override readonly name: string,
    post: HttpsPost,
    token?: () => Promise<string>,
  ) {
    super();
    this.#post = post;
    this.#token = token;
  }

  override async push({ checkpoint }: Submission): Promise<readonly []> {
    const { status } = await this.#post.post(this.name, checkpoint, await this.#authorization());
    if (status < 200 || status > 299) {
      throw new AnchorError('anchor_refused', `${this.name} answered ${status}`);
    }
    return [];
  }

  async #authorization(): Promise<Readonly<Record<string, string>>> {
    if (this.#token === undefined) return {};
    try {
      return { authorization: `Bearer ${await this.#token()}` };
    } catch {
      throw new AnchorError('anchor_refused', `The token for ${this.name} cannot be read`);
    }
  }
}
