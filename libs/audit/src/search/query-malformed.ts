import { CodedError } from '#kernel';

/** A query that cannot be understood, with the place where understanding ended. */
export class QueryMalformed extends CodedError {
  override readonly code = 'query_malformed';

  constructor(
    /** UTF-16 code units before the place; 0 is the beginning. */
    readonly offset: number,
    /** What could stand there, in words. */
    readonly expected: string,
    /** Where the text came from: `q`, or the parameter of one field. */
    readonly parameter: string = 'q',
  ) {
    super(`${parameter}, at offset ${offset}: expected ${expected}.`);
  }
}

/** A query for the acts of an object id of which the log knows nothing. */
export class ActorUnknown extends CodedError {
  override readonly code = 'actor_unknown';

  constructor() {
    super('Nobody with that object id stands in the log.');
  }
}
