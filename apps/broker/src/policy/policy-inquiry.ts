import type { AuditRecorder, PolicyRead, RequestFacts } from '#audit';
import type { Action, Caller } from '#kernel';
import {
  type Able,
  type Change,
  type Decision,
  describeProblem,
  diffPolicies,
  explain,
  jobNamed,
  type Question,
  readPolicy,
  whoCan,
} from '#policy';
import type { LivePolicy } from './live-policy.ts';
import type { LoadedPolicy } from './policy-file.ts';
import { CandidateInvalid } from './candidate-invalid.ts';

/** Who asks, from where. All of it enters the log. */
export interface Inquirer {
  readonly request: RequestFacts;
  readonly caller: Caller;
}

type Answered = Omit<PolicyRead, 'type' | 'request' | 'caller' | 'policySha256'>;

/**
 * Answers questions about the policy in force. Each answer is recorded before it is handed out: what cannot be recorded
 * is not shown (AuditUnavailable). Names that the policy lacks throw InvalidInput.
 */
export class PolicyInquiry {
  readonly #live: LivePolicy;
  readonly #audit: Pick<AuditRecorder, 'record'>;

  constructor(live: LivePolicy, audit: Pick<AuditRecorder, 'record'>) {
    this.#live = live;
    this.#audit = audit;
  }

  async read(view: 'rules' | 'text', inquirer: Inquirer): Promise<LoadedPolicy> {
    const { loaded } = this.#live;
    await this.#record(inquirer, loaded, { view });
    return loaded;
  }

  async explain(question: Question, inquirer: Inquirer): Promise<Decision> {
    const { loaded } = this.#live;
    const decision = explain(loaded.policy, question);
    await this.#record(inquirer, loaded, about('explain', question.action, question.job, loaded));
    return decision;
  }

  async whoCan(
    action: Action,
    job: string,
    inquirer: Inquirer,
  ): Promise<{ readonly policySha256: string; readonly callers: readonly Able[] }> {
    const { loaded } = this.#live;
    const callers = whoCan(loaded, action, jobNamed(loaded.policy.catalog, job));
    await this.#record(inquirer, loaded, about('who-can', action, job, loaded));
    return { policySha256: loaded.policy.sha256, callers };
  }

  /** From the policy in force to the candidate; throws {@link CandidateInvalid}. */
  async diff(
    candidate: Uint8Array,
    inquirer: Inquirer,
  ): Promise<{ readonly before: string; readonly after: string; readonly changes: readonly Change[] }> {
    const { loaded } = this.#live;
    const reading = readPolicy(candidate, 'candidate');
    if (!reading.ok) throw new CandidateInvalid(reading.problems.map(describeProblem));
    const { sha256: after } = reading.policy;
    const changes = diffPolicies(loaded, reading.document);
    await this.#record(inquirer, loaded, { view: 'diff', candidateSha256: after });
    return { before: loaded.policy.sha256, after, changes };
  }

  async #record({ request, caller }: Inquirer, { policy }: LoadedPolicy, answered: Answered): Promise<void> {
    await this.#audit.record({ type: 'policy.read', request, caller, policySha256: policy.sha256, ...answered });
  }
}

function about(
  view: 'explain' | 'who-can',
  action: Action,
  name: string,
  { policy: { catalog } }: LoadedPolicy,
): Answered {
  const job = jobNamed(catalog, name);
  const alias = catalog.aliasOf(job.servicePrincipalId, job.jobId);
  return { view, action, resource: { ...job, ...(alias !== undefined && { alias }) } };
}
