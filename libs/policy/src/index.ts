export { type CaseResult, runCases } from './cases/run-cases.ts';
export { casesBeside, type CaseReading, type PolicyCase, readCases } from './cases/read-cases.ts';
export { explain, jobNamed, type Question } from './cases/question.ts';
export type { KnownJob } from './analysis/known-jobs.ts';
export {
  type Allow,
  type Condition,
  type Decision,
  type Deny,
  type PolicyRequest,
  type RuleTrace,
} from './decision.ts';
export type { PolicyContent, PolicyDocument } from './file/policy-document.ts';
export { describeProblem, type PolicyProblem, type PolicyProblemCode } from './file/policy-problem.ts';
export { type PolicyReading, readPolicy } from './file/read-policy.ts';
export { policyJsonSchema } from './file/policy-json-schema.ts';
export { readShape } from './file/policy-shape.ts';
export { maxPolicyBytes, readYaml } from './file/read-yaml.ts';
export { type CatalogEntry, JobCatalog } from './job-catalog.ts';
export type { Finding, LintCode, Severity } from './lint/finding.ts';
export { lintPolicy, type LintReport } from './lint/lint-policy.ts';
export { readDuration } from './time/iso-duration.ts';
export { assertAllowed } from './issued-decision.ts';
export type { Policy } from './policy.ts';
export { type Change, diffPolicies } from './report/diff-policies.ts';
export type { RuleWords } from './report/rule-words.ts';
export { type Able, whoCan } from './report/who-can.ts';
