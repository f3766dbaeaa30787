/** An entry's event, read from its bytes. Members are looked up, never assumed. */
export class Leaf {
  readonly #value: unknown;

  private constructor(value: unknown) {
    this.#value = value;
  }

  /** Undefined unless the bytes are a JSON object in UTF-8. */
  static parse(body: Uint8Array): Leaf | undefined {
    try {
      const text = utf8.decode(body);
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Leaf(value) : undefined;
    } catch {
      return undefined;
    }
  }

  get value(): unknown {
    return this.#value;
  }

  /** The member at a path, when it is a string. */
  text(path: readonly string[]): string | undefined {
    const value = this.#at(path);
    return typeof value === 'string' ? value : undefined;
  }

  /** The member at a path, when it is a whole number. */
  number(path: readonly string[]): number | undefined {
    const value = this.#at(path);
    return Number.isSafeInteger(value) ? Number(value) : undefined;
  }

  /** Digests of personal fields. */
  get digests(): readonly string[] {
    const value = this.#at(['_sd']);
    return Array.isArray(value) ? value.filter((digest) => typeof digest === 'string') : [];
  }

  #at(path: readonly string[]): unknown {
    let value = this.#value;
    for (const name of path) value = memberOf(value, name);
    return value;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
