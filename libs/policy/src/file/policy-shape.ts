import { readJobId, ServicePrincipalId } from '#kernel';
import { z } from 'zod';
import { callerSchema } from './caller-schema.ts';
import { caseSchema } from './case-schema.ts';
import { missing, plainMessage } from './plain-message.ts';
import type { Mistake, Path } from './policy-problem.ts';
import { ruleOfUnknownEffect, ruleSchema } from './rule-schema.ts';
import { guidForm, jobIdForm, kebabOnly, list, name, notAGuid, term } from './schema-terms.ts';

const job = z.strictObject({
  servicePrincipalId: term((text) => ServicePrincipalId.read(text), notAGuid, guidForm).describe(
    'Object id of the enterprise application, not its application id.',
  ),
  jobId: term(readJobId, 'must be 1 to 200 letters, digits, ".", "_" or "-"', jobIdForm)
    .exactOptional()
    .describe('Absent: every job of the service principal.'),
  tags: list(name).exactOptional().describe('Rules name them as tag:NAME.'),
});

const maxCases = 10_000;

/** The policy file. */
export const policyFileSchema = z.strictObject({
  version: z.literal(1),
  jobs: z.record(name, job).exactOptional().describe('The catalog: names of jobs.'),
  callers: z.record(name, callerSchema).exactOptional().describe('Names of those who may be allowed something.'),
  rules: list(ruleSchema)
    .max(10_000)
    .describe('A matching deny outweighs every allow; their order changes no decision.'),
  tests: list(caseSchema).max(maxCases).exactOptional().describe('Cases for `interlock policy test`.'),
});

/** A policy file whose every value can be read. Its references are not checked. */
export type PolicyFile = z.output<typeof policyFileSchema>;

/** A file that holds nothing but cases for a policy in another file. */
export const caseFileSchema = z.strictObject({ version: z.literal(1), tests: list(caseSchema).max(maxCases) });

/** A file as typed values, or everything that is wrong with the shape of it. */
export function readShape<File>(
  schema: z.ZodType<File>,
  value: unknown,
): { readonly file: File } | { readonly mistakes: readonly Mistake[] } {
  const read = schema.safeParse(value, { error: plainMessage });
  if (read.success) return { file: read.data };
  const { issues } = read.error;
  return { mistakes: [...issues.flatMap(mistakesOf), ...issues.flatMap((issue) => restOfRule(issue, value))] };
}

type Issue = z.core.$ZodIssue;

function mistakesOf(issue: Issue): readonly Mistake[] {
  const path = pathOf(issue);
  const { message } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      code: 'unknown_key',
      message: 'is not a key here',
      at: 'key',
    }));
  }
  if (issue.code === 'invalid_key') {
    return [{ path, code: 'invalid_value', message: `is not a name: ${kebabOnly}`, at: 'key' }];
  }
  return [{ path, code: message === missing ? 'missing_key' : 'invalid_value', message, at: 'value' }];
}

/** Without an effect zod does not look at the rest of a rule; its problems are to be told too. */
function restOfRule(issue: Issue, value: unknown): readonly Mistake[] {
  if (issue.code !== 'invalid_union' || issue.path.at(-1) !== 'effect') return [];
  const above = pathOf(issue).slice(0, -1);
  const rule = above.reduce<unknown>((at, step) => Reflect.get(Object(at), step), value);
  const read = ruleOfUnknownEffect.safeParse(rule, { error: plainMessage });
  if (read.success) return [];
  return read.error.issues.flatMap(mistakesOf).map((mistake) => ({ ...mistake, path: [...above, ...mistake.path] }));
}

function pathOf(issue: Issue): Path {
  return issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
}
