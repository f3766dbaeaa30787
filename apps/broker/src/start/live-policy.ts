import type { Policy } from '#policy';

/** Holds the policy in force. One assignment replaces it, so every request sees one whole policy. */
export class LivePolicy {
  #policy: Policy;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  readonly current = (): Policy => this.#policy;

  replace(policy: Policy): void {
    this.#policy = policy;
  }
}
