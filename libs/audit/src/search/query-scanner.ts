import { QueryMalformed } from './query-malformed.ts';

/** A value with the place where it begins. */
export interface Scanned {
  readonly text: string;
  readonly offset: number;
}

/** Walks over a query text; every refusal names the place. */
export class QueryScanner {
  #at = 0;

  constructor(
    readonly text: string,
    readonly parameter: string,
  ) {}

  get offset(): number {
    return this.#at;
  }

  get ended(): boolean {
    return this.#at >= this.text.length;
  }

  fail(expected: string, offset = this.#at): never {
    throw new QueryMalformed(offset, expected, this.parameter);
  }

  /** Whether that character stood here; it is passed over. */
  take(character: string): boolean {
    if (this.text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  skipSpaces(): void {
    while (this.take(' '));
  }

  /** Name of a field; empty when none begins here. */
  name(): Scanned {
    return this.#match(/[a-z-]*/y);
  }

  /** A value up to the next space, or in double quotes, in which a backslash makes quote and backslash plain. */
  value(): Scanned {
    if (this.text[this.#at] === '"') return this.#quoted();
    const value = this.#match(/[^\s"\p{Cc}]*/uy);
    if (value.text === '') this.fail('a value');
    if (!this.ended && this.text[this.#at] !== ' ') this.fail('a space; other characters stand in double quotes');
    return value;
  }

  #quoted(): Scanned {
    const offset = this.#at;
    this.#at += 1;
    let text = '';
    while (!this.take('"')) {
      text += this.#match(/[^"\\\p{Cc}]*/uy).text;
      if (!this.take('\\')) {
        if (this.text[this.#at] !== '"') this.fail('a closing double quote');
        continue;
      }
      const escaped = this.#match(/["\\]?/y).text;
      if (escaped === '') this.fail('a double quote or a backslash');
      text += escaped;
    }
    if (text === '') this.fail('a value', offset);
    return { text, offset };
  }

  #match(pattern: RegExp): Scanned {
    const offset = this.#at;
    pattern.lastIndex = offset;
    const text = pattern.exec(this.text)?.[0] ?? '';
    this.#at += text.length;
    return { text, offset };
  }
}
