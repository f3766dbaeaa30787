import type { Reviewer } from '#audit';
import { callerOf } from '#auth';
import { InvalidInput } from '#kernel';
import type { FastifyRequest } from 'fastify';
import { contextOf } from '../edge/request-context.ts';
import { plainHeader } from '../edge/plain-header.ts';

/** The header that tells why the log is read. */
export const purposeHeader = 'interlock-purpose';

const maxLength = 1_000;

/** Who asks and why; the purpose is taken from the parameter or the header. Throws {@link InvalidInput}. */
export function reviewerOf(request: FastifyRequest, parameters: { readonly purpose?: string | undefined }): Reviewer {
  const purpose = purposeOf(parameters.purpose, plainHeader(request, purposeHeader));
  return { request: contextOf(request).facts, caller: callerOf(request), ...(purpose !== undefined && { purpose }) };
}

/** Like {@link reviewerOf}, where a purpose must be told. */
export function purposefulReviewer(
  request: FastifyRequest,
  parameters: { readonly purpose?: string | undefined },
): Reviewer {
  const reviewer = reviewerOf(request, parameters);
  if (reviewer.purpose !== undefined) return reviewer;
  throw new InvalidInput(
    'field_invalid',
    `An export needs a purpose, as parameter or header ${purposeHeader}.`,
    'purpose',
  );
}

function purposeOf(parameter: string | undefined, header: string | undefined): string | undefined {
  if (parameter !== undefined && header !== undefined && parameter !== header) {
    throw new InvalidInput('justification_conflict', 'Two different values were given for purpose.', 'purpose');
  }
  const purpose = parameter ?? header;
  if (purpose === undefined) return undefined;
  if (purpose.trim() !== '' && purpose.length <= maxLength && purpose.isWellFormed() && !/\p{Cc}/u.test(purpose)) {
    return purpose;
  }
  const expected = `purpose is not valid: it must be 1 to ${maxLength} characters of plain text.`;
  throw new InvalidInput('field_invalid', expected, 'purpose');
}
