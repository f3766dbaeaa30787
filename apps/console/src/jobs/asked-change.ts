import { api, bodyOf, done } from '../api/client.ts';
import type { Judgement } from './verdict-words.ts';

export type Change = 'pause' | 'start';

/** What the policy may ask for. Empty texts are left out: they say nothing. */
export interface Words {
  readonly reason: string;
  readonly ticket: string;
  /** ISO 8601; none: until somebody ends it. */
  readonly duration?: string | undefined;
}

/** The body of a request with these words. */
export function bodyFor(change: Change, { reason, ticket, duration }: Words) {
  return {
    ...(reason.trim() !== '' && { reason: reason.trim() }),
    ...(ticket.trim() !== '' && { ticket: ticket.trim() }),
    ...(change === 'pause' && duration !== undefined && { duration }),
  };
}

/** Asks what would happen. Nothing is sent to Graph. */
export async function judge(change: Change, alias: string, words: Words): Promise<Judgement> {
  const asked = { params: { path: { alias }, query: { dryRun: true } }, body: bodyFor(change, words) };
  const answer =
    change === 'pause'
      ? await bodyOf(api.POST('/api/jobs/{alias}/pause', asked))
      : await bodyOf(api.POST('/api/jobs/{alias}/start', asked));
  return answer as Judgement;
}

/** Does it. The key makes a repeat of the same request harmless. */
export async function make(change: Change, alias: string, words: Words, key: string): Promise<void> {
  const header = { 'idempotency-key': key };
  const asked = { params: { path: { alias }, header }, body: bodyFor(change, words) };
  await done(
    change === 'pause' ? api.POST('/api/jobs/{alias}/pause', asked) : api.POST('/api/jobs/{alias}/start', asked),
  );
}
