import { createSigningKey, type SigningKey } from './signing-key.ts';

/** The signing keys of one token issuer: one signs, some are published, and the retired ones are no longer trusted. */
export class KeyRing {
  #current: SigningKey;
  #next: SigningKey | undefined;
  #previous: SigningKey[] = [];
  #retired: SigningKey[] = [];

  constructor(first: SigningKey) {
    this.#current = first;
  }

  get current(): SigningKey {
    return this.#current;
  }

  /** The key that the latest rotation took out of the published set. */
  get retired(): SigningKey | undefined {
    return this.#retired.at(-1);
  }

  published(): readonly SigningKey[] {
    return [this.#current, ...(this.#next === undefined ? [] : [this.#next]), ...this.#previous];
  }

  find(kid: string): SigningKey | undefined {
    return this.published().find((key) => key.kid === kid);
  }

  /** Publishes a key that does not sign yet, as Entra does ahead of a planned rollover. */
  async announce(): Promise<SigningKey> {
    return (this.#next ??= await createSigningKey());
  }

  /** Signs with a new (or the announced) key from now on. The old one stays published unless it is retired at once. */
  async rotate(retireOld: boolean): Promise<SigningKey> {
    const successor = await this.announce();
    this.#previous.push(this.#current);
    this.#current = successor;
    this.#next = undefined;
    if (retireOld) this.retireOld();
    return successor;
  }

  /** Takes every key but the signing and the announced one out of the published set. */
  retireOld(): void {
    this.#retired.push(...this.#previous);
    this.#previous = [];
  }
}
