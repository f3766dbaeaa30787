/** What is wrong with something that should prove something, in a sentence for people. */
export class ProofError extends Error {
  override readonly name = 'ProofError';

  constructor(
    readonly code: 'malformed' | 'signature_invalid' | 'unsigned' | 'other_log',
    message: string,
  ) {
    super(message);
  }
}
