/** What is looked at of a job. */
interface SeenJob {
  readonly state: { readonly stopped: boolean; readonly statusCode: string };
  readonly quarantine?: { readonly reason?: string };
}

export type JobStateKind = 'active' | 'paused' | 'draining' | 'quarantine';

/** A job's state in one word, and what the word means. */
export interface JobStateWords {
  readonly kind: JobStateKind;
  readonly word: string;
  readonly meaning: string;
}

/** Graph's words for a cycle under way. */
const underWay = ['InProgress', 'Running'];

/** The state of a job as people call it. Quarantine comes first: it is what somebody has to look into. */
export function stateWords({ state, quarantine }: SeenJob): JobStateWords {
  const { stopped, statusCode } = state;
  if (quarantine !== undefined || statusCode === 'Quarantine') {
    const why = quarantine?.reason === undefined ? '' : ` (${quarantine.reason})`;
    const word = stopped ? 'Paused, in quarantine' : 'Quarantine';
    return { kind: 'quarantine', word, meaning: `Graph holds it back${why}. A start would clear that.` };
  }
  if (stopped && underWay.includes(statusCode)) {
    return { kind: 'draining', word: 'Draining', meaning: 'No new cycle starts; the one under way still finishes.' };
  }
  if (stopped) return { kind: 'paused', word: 'Paused', meaning: 'No cycle runs and none will start.' };
  return { kind: 'active', word: 'Active', meaning: 'Runs its cycles.' };
}
