import { actions } from '#kernel';
import { z } from 'zod';
import { maxTicketLength } from '../conditions/ticket.ts';
import { denyCodes } from '../decision.ts';
import { duration } from './rule-schema.ts';
import { jobName, name, whenRead } from './schema-terms.ts';
import { instant } from './time-schema.ts';

const justification = z
  .strictObject({
    reason: z.string().min(1).max(1_000).exactOptional(),
    ticket: z.string().min(1).max(maxTicketLength).exactOptional(),
    duration: duration.exactOptional(),
    until: instant.exactOptional(),
  })
  .refine((given) => !('duration' in given && 'until' in given), {
    error: 'needs either "duration" or "until", not both',
    when: whenRead(),
  });

/** An entry of `tests`: what is asked, and what shall come of it. */
export const caseSchema = z
  .strictObject({
    name: z.string().min(1).max(200).describe('What this shows; told when it fails.'),
    caller: z
      .union([name, z.array(name).max(20)], { error: 'must be the name of a caller, or a list of names' })
      .describe('A caller; a list for a person that is all of them, empty for somebody whom the policy does not know.'),
    action: z.enum(actions),
    job: jobName.describe('An alias, or servicePrincipalId/jobId.'),
    at: instant.describe('When it is asked: a case must not depend on the day it is run.'),
    justification: justification.exactOptional(),
    expect: z.enum(['allow', 'deny']),
    rule: name.exactOptional().describe('The rule that shall decide.'),
    code: z.enum(denyCodes).exactOptional().describe('The code of the denial.'),
  })
  .refine(({ expect, code }) => expect === 'deny' || code === undefined, {
    error: 'is only for denials',
    path: ['code'],
    when: whenRead('expect', 'code'),
  });

/** A case as written, its terms read. */
export type CaseInFile = z.output<typeof caseSchema>;
