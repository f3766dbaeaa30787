import { CodedError } from '#kernel';

/** Interlock cannot start with what it was given. Lists everything that is wrong, one line each, never a value. */
export class StartupError extends CodedError {
  override readonly code = 'startup_failed';

  constructor(readonly problems: readonly string[]) {
    super(
      [
        'Interlock cannot start yet:',
        '',
        ...problems.map((problem) => `  ${problem}`),
        '',
        'Any setting NAME may also be given as NAME_FILE, a file that holds the value.',
        'All settings: docs/configuration.md. To see it work first, without a tenant: npm run demo',
      ].join('\n'),
    );
  }
}
