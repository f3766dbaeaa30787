/** An event as its exact bytes say; members that are not looked at here pass through. */
export interface LeafEvent {
  readonly id?: string;
  readonly code?: string;
  readonly type?: string;
  readonly time?: string;
  /** The event that this one follows. */
  readonly parent?: string;
  readonly action?: string;
  readonly actor?: LeafActor;
  readonly resource?: { readonly sp_id?: string; readonly job_id?: string; readonly alias?: string };
  readonly ticket?: { readonly id?: string };
  readonly until?: string;
  readonly decision?: string;
  readonly rule_id?: string;
  readonly deny_code?: string;
  readonly policy?: { readonly sha256?: string };
  readonly trace?: readonly LeafRule[];
  readonly before?: LeafJobState | 'unknown';
  readonly after?: LeafJobState;
  readonly upstream?: Readonly<Record<string, string | number>>;
  readonly outcome?: string;
  readonly outcome_reason?: string;
  readonly corr?: { readonly request_id?: string; readonly client_request_id?: string };
  readonly shadow?: { readonly decision?: string; readonly rule_id?: string };
  readonly break_glass?: boolean;
  readonly _sd?: readonly string[];
}

interface LeafActor {
  readonly kind?: string;
  readonly ref?: string;
  readonly app_id?: string;
  readonly roles?: readonly string[];
}

export interface LeafJobState {
  readonly status?: string;
  readonly schedule_state?: string;
  readonly read_at?: string;
}

interface LeafRule {
  readonly rule: string;
  readonly effect: string;
  readonly failed?: { readonly condition: string; readonly expected?: string; readonly got?: string };
}

/** What an entry's bytes say; undefined when they are no JSON object. */
export function readLeaf(bytes: Uint8Array): LeafEvent | undefined {
  try {
    const found: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    // What the members hold was judged when it was written; a reader shows them as they are.
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
