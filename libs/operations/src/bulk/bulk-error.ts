import { CodedError } from '#kernel';

/** Jobs of one bulk operation at most. */
export const maxBulkJobs = 500;

/** The selector means no job. Nothing was done. */
export class SelectorEmpty extends CodedError {
  override readonly code = 'selector_empty';

  constructor() {
    super(
      'The selector means no job that the policy or Microsoft Graph knows. Look at GET /api/jobs for names and tags.',
    );
  }
}

/** The selector means more jobs than one operation may have. Nothing was done. */
export class TooManyJobs extends CodedError {
  override readonly code = 'too_many_jobs';

  constructor(count: number) {
    super(
      `The selector means ${count} jobs; one operation takes at most ${maxBulkJobs}. Split it: by service principal, or by lists of aliases.`,
    );
  }
}

/** There is no such operation, or the caller may not know about it. */
export class BulkUnknown extends CodedError {
  override readonly code = 'operation_unknown';

  constructor() {
    super(
      'There is no such operation, or it is not yours. Finished operations are forgotten after 30 days; the log keeps them.',
    );
  }
}
