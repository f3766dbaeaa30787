import type { RecordedEnding, RecordedJobState } from '#audit';
import type { GraphRefusal, GraphResult } from '#graph';
import type { Reading } from '../job-reading.ts';

/** What a look at the job says about its start at the end of the last hold. */
export type BeforeStart =
  | { readonly kind: 'start'; readonly state: RecordedJobState }
  | { readonly kind: 'end'; readonly ending: RecordedEnding; readonly state?: RecordedJobState }
  | { readonly kind: 'troubled'; readonly reason: string };

/**
 * A start that nobody asked for at this moment is more careful than one that somebody asks for: a quarantined job is never
 * started, and one that runs was started by somebody else.
 */
export function beforeStart(reading: Reading): BeforeStart {
  switch (reading.kind) {
    case 'troubled':
    case 'odd':
      return { kind: 'troubled', reason: 'state_unread' };
    case 'unreadable':
      return { kind: 'end', ending: { kind: 'not_resumed', reason: reading.reason } };
    case 'state': {
      const { state, running, quarantined } = reading;
      if (running === 'running') return { kind: 'end', ending: { kind: 'superseded' }, state };
      if (quarantined) return { kind: 'end', ending: { kind: 'not_resumed', reason: 'quarantined' }, state };
      return { kind: 'start', state };
    }
  }
}

/** Refusals that asking again would not change. */
const final: ReadonlySet<GraphRefusal> = new Set([
  'not_found',
  'not_owned',
  'forbidden',
  'rejected',
  'malformed_reply',
]);

/** What the reply to the start says. */
export function afterStart(result: GraphResult<undefined>) {
  switch (result.kind) {
    case 'done':
      return { kind: 'resumed' } as const;
    case 'unknown':
      return { kind: 'unknown' } as const;
    case 'not_sent':
      return { kind: 'troubled', reason: result.reason } as const;
    case 'refused':
      return { kind: final.has(result.refusal) ? 'refused' : 'troubled', reason: result.refusal } as const;
  }
}
