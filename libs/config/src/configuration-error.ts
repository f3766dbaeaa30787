import { CodedError } from '#kernel';
import type { Config } from './config.ts';

/** One thing that is wrong with the configuration. Holds names, never values. */
export interface Mistake {
  /** The variable to change. */
  readonly setting: string;
  readonly kind: 'missing' | 'invalid' | 'unknown' | 'contradiction' | 'unreadable';
  readonly message: string;
}

/** The configuration cannot be used: all mistakes at once. */
export class ConfigurationError extends CodedError {
  override readonly code = 'configuration_invalid';

  constructor(
    readonly mistakes: readonly Mistake[],
    /** The files that are named all the same, so that their mistakes can be told in the same breath. */
    readonly files: Pick<Config, 'policyFile' | 'log' | 'anchors' | 'alarmsFile'>,
  ) {
    super(`The configuration has ${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}.`);
  }
}
