import type { EpochMillis } from '#kernel';
import type { Policy } from '#policy';
import type { LoadedPolicy } from './policy-file.ts';

/** Holds the policy in force. One assignment replaces it, so every request sees one whole policy. */
export class LivePolicy {
  #loaded: LoadedPolicy;
  #since: EpochMillis;

  constructor(loaded: LoadedPolicy, since: EpochMillis) {
    this.#loaded = loaded;
    this.#since = since;
  }

  readonly current = (): Policy => this.#loaded.policy;

  get loaded(): LoadedPolicy {
    return this.#loaded;
  }

  /** When this process put it in force. */
  get since(): EpochMillis {
    return this.#since;
  }

  replace(loaded: LoadedPolicy, since: EpochMillis): void {
    this.#loaded = loaded;
    this.#since = since;
  }
}
