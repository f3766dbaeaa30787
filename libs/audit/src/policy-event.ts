import type { Action, Caller, EventId } from '#kernel';
import type { JudgedRequest, RequestFacts, Resource } from './recorded-facts.ts';

/** Another policy came into force: recorded before it judges anything. */
export interface PolicyChanged {
  readonly type: 'policy.changed';
  /** The one that was in force, lower-case hex SHA-256 of the file's bytes as below. */
  readonly previousSha256: string;
  readonly policySha256: string;
}

/** What of the policy was asked for. */
export type PolicyView = 'rules' | 'text' | 'explain' | 'who-can' | 'diff';

/** Somebody read the policy in force, or asked it what it would decide. */
export interface PolicyRead {
  readonly type: 'policy.read';
  readonly request: RequestFacts;
  readonly caller: Caller;
  readonly view: PolicyView;
  readonly policySha256: string;
  /** Of a question: what it was about. */
  readonly action?: Action;
  readonly resource?: Resource;
  /** Of a diff: what the policy in force was compared with. */
  readonly candidateSha256?: string;
}

/** An alarm: a break-glass rule was used. Recorded before the intent, so that no glass breaks unheard. */
export interface BreakGlassUsed extends JudgedRequest {
  readonly type: 'policy.break_glass_used';
  /** The bulk operation that the request is an item of. */
  readonly parent?: EventId;
  readonly caller: Caller;
  readonly action: Action;
  readonly resource: Resource;
}
