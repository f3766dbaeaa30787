import { type Cosignature, type CosignatureVerifier, parseDecimal, TlogError } from '#tlog';
import { Anchor, type Submission } from './anchor.ts';
import { AnchorError } from './anchor-error.ts';
import type { HttpsPost, PostReply } from './https-post.ts';

/**
 * A witness, which cosigns a checkpoint when it extends all that the witness has seen of the log.
 * @see https://c2sp.org/tlog-witness
 */
export class WitnessAnchor extends Anchor {
  override readonly kind = 'witness';
  readonly #url: string;
  readonly #key: CosignatureVerifier;
  readonly #post: HttpsPost;

  /** @param prefix the witness's submission prefix, without trailing slash. */
  constructor(prefix: string, key: CosignatureVerifier, post: HttpsPost) {
    super();
    this.#url = `${prefix}/add-checkpoint`;
    this.#key = key;
    this.#post = post;
  }

  /** The name of its key: the same witness may be reached elsewhere one day. */
  override get name(): string {
    return this.#key.name;
  }

  override async push(submission: Submission, lastSize: number): Promise<readonly Cosignature[]> {
    const asked = Math.min(lastSize, submission.size);
    const reply = await this.#submit(submission, asked);
    const known = sizeOf(reply);
    if (known === undefined) return this.#cosignatures(submission, asked, reply);
    if (known > submission.size) {
      throw new AnchorError('anchor_ahead', `${this.name} has seen ${known} entries; the log has ${submission.size}`);
    }
    // It was asked by the size that it knows and still says conflict: at that size it knows another root.
    if (known === asked) throw this.#conflict();
    const again = await this.#submit(submission, known);
    // Somebody else keeps submitting; there will be another round.
    if (sizeOf(again) !== undefined) throw new AnchorError('anchor_refused', `${this.name} changes its mind`);
    return this.#cosignatures(submission, known, again);
  }

  async #submit(submission: Submission, oldSize: number): Promise<PostReply> {
    return this.#post.post(this.#url, await submission.growthFrom(oldSize), {});
  }

  #cosignatures({ checkpoint, size }: Submission, asked: number, { status, body }: PostReply): readonly Cosignature[] {
    // A conflict that names no size is about the root, and so can only be told of equal sizes.
    if (status === 422 || (status === 409 && asked === size)) throw this.#conflict();
    if (status !== 200) throw new AnchorError('anchor_refused', `${this.name} answered ${status}`);
    try {
      return [this.#key.find(checkpoint + body)];
    } catch (cause) {
      if (!(cause instanceof TlogError)) throw cause;
      throw new AnchorError('anchor_cosignature_invalid', `The answer of ${this.name} does not verify`, { cause });
    }
  }

  #conflict(): AnchorError {
    return new AnchorError('anchor_conflict', `${this.name} has seen another history of the log`);
  }
}

/** The size that a witness says it knows; undefined when the reply is another. */
function sizeOf({ status, type, body }: PostReply): number | undefined {
  if (status !== 409 || type !== 'text/x.tlog.size' || !body.endsWith('\n')) return undefined;
  return parseDecimal(body.slice(0, -1));
}
