import type { Logger } from 'pino';
import { loadChangedPolicy, type LoadedPolicy, type PolicyLoading } from './policy-file.ts';

/** Why the policy in force is not the one of the file. */
export type PolicyTrouble =
  /** The file is broken, or is not there. */
  | 'policy_rejected'
  /** The change could not be recorded, so it did not come into force. */
  | 'policy_unrecorded';

export interface ReloaderParts {
  readonly file: string;
  /** Digest of the policy in force; undefined when there is none. */
  readonly current: () => string | undefined;
  /** Puts a policy in force. What it rejects with leaves the one before in force. */
  readonly adopt: (loaded: LoadedPolicy) => Promise<void>;
  /** What the file is called in our log. */
  readonly title: string;
  readonly log: Logger;
}

/** Brings what a policy file says into force, and knows whether that worked. */
export class PolicyReloader {
  readonly counts = { changed: 0, rejected: 0, unrecorded: 0 };
  readonly #parts: ReloaderParts;
  #trouble: PolicyTrouble | undefined;
  #told = '';
  #last: Promise<void> = Promise.resolve();

  constructor(parts: ReloaderParts) {
    this.#parts = parts;
  }

  get trouble(): PolicyTrouble | undefined {
    return this.#trouble;
  }

  /** Reads the file; one reload after the other. Never rejects: what goes wrong is told and leaves things as they are. */
  reload(): Promise<void> {
    this.#last = this.#last
      .then(() => this.#reload())
      .catch((error: unknown) => {
        this.#trouble = 'policy_rejected';
        this.#parts.log.error({ err: error }, `the ${this.#parts.title} file could not be read`);
      });
    return this.#last;
  }

  async #reload(): Promise<void> {
    const { file, current, adopt, title, log } = this.#parts;
    const previous = current();
    const loading = loadChangedPolicy(file, previous);
    if (loading === 'unchanged') {
      this.#told = '';
      this.#trouble = undefined;
      return;
    }
    if (!loading.ok) {
      this.#reject(loading);
      return;
    }
    this.#told = '';
    const { sha256 } = loading.loaded.policy;
    try {
      await adopt(loading.loaded);
    } catch (error) {
      this.#trouble = 'policy_unrecorded';
      this.counts.unrecorded++;
      log.error({ err: error, policySha256: previous, rejectedSha256: sha256 }, `the ${title} could not be changed`);
      return;
    }
    this.#trouble = undefined;
    this.counts.changed++;
    log.info({ previousSha256: previous, policySha256: sha256 }, `the ${title} has changed`);
  }

  /** The same trouble is told once, however often the file is looked at. */
  #reject(loading: Extract<PolicyLoading, { ok: false }>): void {
    const { file, current, title, log } = this.#parts;
    this.#trouble = 'policy_rejected';
    const problems = loading.reason === 'invalid' ? loading.problems : [`${file}: cannot be read`];
    const text = problems.join('\n');
    if (text === this.#told) return;
    this.#told = text;
    this.counts.rejected++;
    const inForce = current();
    log.error({ code: 'policy_rejected', problems, policySha256: inForce }, `the ${title} file was rejected`);
  }
}
