/** How many of each kind are remembered. */
const capacity = 1000;

/** Credentials in clear text: what a test must not find anywhere else. */
export interface SeenCredentialTexts {
  /** Access tokens and assertions that were issued, oldest first. */
  readonly issued: readonly string[];
  /** Secrets and assertions that clients presented, oldest first. */
  readonly presented: readonly string[];
}

/** Remembers the latest credentials that passed through Entra. */
export class SeenCredentials {
  readonly #issued = new Set<string>();
  readonly #presented = new Set<string>();

  issued(token: string): void {
    remember(this.#issued, token);
  }

  presented(credential: string): void {
    remember(this.#presented, credential);
  }

  all(): SeenCredentialTexts {
    return { issued: [...this.#issued], presented: [...this.#presented] };
  }
}

function remember(texts: Set<string>, text: string): void {
  texts.add(text);
  const [oldest] = texts;
  if (texts.size > capacity && oldest !== undefined) texts.delete(oldest);
}
