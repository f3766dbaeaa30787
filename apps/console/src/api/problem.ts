import type { components } from './schema.ts';

type Told = components['schemas']['Problem'];

/** The broker said no, in the words of RFC 9457. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    message: string,
    readonly requestId: string | undefined,
  ) {
    super(message);
  }

  /** Whether nobody is signed in any more. */
  get isSignedOut(): boolean {
    return this.status === 401;
  }
}

/** What a reply other than a success says; a proxy's page says nothing that is worth showing. */
export function problemOf(status: number, body: unknown): ApiProblem {
  if (!isProblem(body)) {
    const message = 'What came back was not of Interlock. A proxy in between may know more.';
    return new ApiProblem(status, 'unexpected_reply', `Status ${status}`, message, undefined);
  }
  return new ApiProblem(status, body.code, body.title, body.detail, body.requestId);
}

function isProblem(body: unknown): body is Told {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'title' in body;
}

/** Any failure as a title and a sentence for people. */
export function wordsOf(error: unknown): { readonly title: string; readonly detail: string } {
  if (error instanceof ApiProblem) return { title: error.title, detail: error.message };
  if (error instanceof TypeError) {
    return { title: 'Interlock cannot be reached', detail: 'Check the connection; what is shown may be old.' };
  }
  return { title: 'Something went wrong', detail: error instanceof Error ? error.message : 'No more is known.' };
}
