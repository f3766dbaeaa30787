/** Long enough to be no accident, and short enough that one stays whole when a text is split at any one place. */
const pieceLength = 24;

/**
 * A text that must stand nowhere, cut into the pieces that are looked for. Of a JWT the header is the same for many, and
 * the payload repeats ids that may stand anywhere, so that only long pieces of it tell; every piece of a signature does.
 */
function piecesOf(secret: string): readonly string[] {
  const [, payload, signature] = /^[\w-]+\.([\w-]+)\.([\w-]*)$/.exec(secret) ?? [];
  if (payload === undefined || signature === undefined) {
    return secret.split(/-----[^-]+-----|\s+/).flatMap((line) => cut(line, pieceLength));
  }
  return [...cut(payload, Math.floor(payload.length / 3)), ...cut(signature, pieceLength)];
}

/** Pieces of exactly that length; a shorter text is one piece, and a shorter rest is left out. */
function cut(text: string, length: number): readonly string[] {
  const whole = Math.floor(text.length / length);
  if (whole === 0) return text === '' ? [] : [text];
  return Array.from({ length: whole }, (_, n) => text.slice(n * length, (n + 1) * length));
}

/**
 * Looks for secrets in everything that a broker gives off. Tokens are found as a whole, by their payload and by their
 * signature, also where a database splits them over two pages.
 */
export class Canary {
  readonly #secrets = new Map<string, readonly string[]>();
  readonly #places = new Map<string, string>();

  /** `name` is what {@link leaks} says instead of the text. */
  keepSecret(name: string, texts: readonly string[]): void {
    for (const [n, text] of texts.entries()) this.#secrets.set(`${name} ${n}`, piecesOf(text));
  }

  /** Adds to what a place gave off. Bytes are taken one by one, so that text in them is found whatever is around it. */
  observe(place: string, given: string | Uint8Array): void {
    const text = typeof given === 'string' ? given : Buffer.from(given).toString('latin1');
    this.#places.set(place, `${this.#places.get(place) ?? ''}\n${text}`);
  }

  /** Places that hold `text`: shows that what was meant to be searched really was. */
  placesOf(text: string): readonly string[] {
    return [...this.#places].filter(([, given]) => given.includes(text)).map(([place]) => place);
  }

  /** `secret in place`, for each secret of which a piece was found. */
  leaks(): readonly string[] {
    return [...this.#secrets].flatMap(([name, pieces]) =>
      [...this.#places]
        .filter(([, given]) => pieces.some((piece) => given.includes(piece)))
        .map(([place]) => `${name} in ${place}`),
    );
  }
}
