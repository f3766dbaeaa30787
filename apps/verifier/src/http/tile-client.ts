import { Unreadable } from '../report/unreadable.ts';

/** What a log answered: bytes, nothing there, or no right to see it. */
export type Answer = Uint8Array | 'absent' | 'forbidden';

const timeoutMs = 30_000;
/** 256 entries of the largest size. */
const mostBytes = 256 * (2 + 65_535);

/** Reads a log as https://c2sp.org/tlog-tiles serves it. */
export class TileClient {
  readonly #base: string;
  readonly #token: string | undefined;

  /** `base` is the log's prefix; the token is sent only with requests for entries. */
  constructor(base: string, token: string | undefined) {
    if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol))
      throw new Unreadable('The log is not an http(s) URL');
    this.#base = base.replace(/\/+$/, '');
    this.#token = token;
  }

  async checkpoint(): Promise<string> {
    const answer = await this.#get('checkpoint', false);
    if (typeof answer === 'string') throw new Unreadable('The log serves no checkpoint');
    return Buffer.from(answer).toString('utf8');
  }

  /** A tile of `width` hashes; its full form is taken when the partial one is gone. */
  async hashes(level: number, index: number, width: number): Promise<Answer> {
    return this.#tile(`tile/${level}`, index, width, false);
  }

  async entries(index: number, width: number): Promise<Answer> {
    return this.#tile('tile/entries', index, width, true);
  }

  async #tile(kind: string, index: number, width: number, isPrivate: boolean): Promise<Answer> {
    const full = `${kind}/${groupsOf(index)}`;
    const answer = width === 256 ? 'absent' : await this.#get(`${full}.p/${width}`, isPrivate);
    return answer === 'absent' ? this.#get(full, isPrivate) : answer;
  }

  async #get(path: string, isPrivate: boolean): Promise<Answer> {
    const authorization =
      isPrivate && this.#token !== undefined ? { authorization: `Bearer ${this.#token}` } : undefined;
    try {
      // A redirect could carry the token elsewhere.
      const request = { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) } as const;
      const reply = await fetch(`${this.#base}/${path}`, {
        ...request,
        ...(authorization && { headers: authorization }),
      });
      if (reply.ok) return await bodyOf(reply);
      await reply.body?.cancel();
      if (reply.status === 404 || reply.status === 410) return 'absent';
      if (reply.status === 401 || reply.status === 403) return 'forbidden';
      throw new Unreadable(`The log answered ${reply.status} to ${path}`);
    } catch (cause) {
      if (cause instanceof Unreadable) throw cause;
      throw new Unreadable(`The log did not answer to ${path}`, { cause });
    }
  }
}

/** Indexes are written in groups of three digits, all but the last behind an x. */
function groupsOf(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  return (padded.match(/.{3}/g) ?? [])
    .join('/x')
    .replace(/^(?=.*\/)/, 'x')
    .replace(/x(?=[0-9]{3}$)/, '');
}

async function bodyOf(reply: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (reply.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > mostBytes) throw new Unreadable('The log answered with more than a tile can hold');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
