export type { Allow, Condition, Decision, Deny, PolicyRequest, RuleTrace } from './decision.ts';
export { maxPolicyBytes, type PolicyReading, readPolicy } from './file/read-policy.ts';
export { describeProblem, type PolicyProblem, type PolicyProblemCode } from './file/policy-problem.ts';
export { type CatalogEntry, JobCatalog } from './job-catalog.ts';
export { assertAllowed, type Policy } from './policy.ts';
