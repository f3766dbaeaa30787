import { CodedError } from '#kernel';

/** A reply is no place for a thousand problems. */
const maxTold = 20;

/** The policy that was sent cannot be read. Says where and why, line by line. */
export class CandidateInvalid extends CodedError {
  override readonly code = 'policy_invalid';

  constructor(problems: readonly string[]) {
    const rest = problems.length - maxTold;
    const told = [...problems.slice(0, maxTold), ...(rest > 0 ? [`and ${rest} more problems`] : [])];
    super(`The policy that was sent is not valid:\n${told.join('\n')}`);
  }
}
