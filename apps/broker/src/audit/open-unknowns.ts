import type { OpenIntent, OpenIntents } from '#audit';
import { type Clock, toTimestamp } from '#kernel';
import { z } from 'zod';

export const openUnknownSchema = z.object({
  index: z.number().int().describe('Position of the intent in the log.'),
  eventId: z.string().describe('Id of the intent.'),
  operation: z.enum(['list', 'read', 'pause', 'start']),
  state: z
    .enum(['unknown', 'orphan'])
    .describe('`unknown`: the request was sent and nobody saw the answer. `orphan`: nobody works on it any more.'),
  since: z.string().describe('When the request was received.'),
  ageSeconds: z.number().int(),
  servicePrincipalId: z.string().optional(),
  jobId: z.string().optional(),
});

export const openUnknownsSchema = z.object({
  items: z.array(openUnknownSchema).describe('Oldest first.'),
});

export type OpenUnknown = z.infer<typeof openUnknownSchema>;

/** Intents of which nobody knows how they ended, until they are reconciled. */
export class OpenUnknowns {
  readonly #open: OpenIntents;
  readonly #clock: Clock;
  readonly #orphanAfterMillis: number;

  /** @param orphanAfterMillis age from which an intent without outcome is nobody's. */
  constructor(open: OpenIntents, clock: Clock, orphanAfterMillis: number) {
    this.#open = open;
    this.#clock = clock;
    this.#orphanAfterMillis = orphanAfterMillis;
  }

  /** As of now; rejects when the store fails. */
  async now(): Promise<readonly OpenUnknown[]> {
    await this.#open.catchUp();
    return this.lately();
  }

  /** As of the last time that the log was read, a few seconds ago at most; needs no store. */
  lately(): readonly OpenUnknown[] {
    const now = this.#clock.now();
    return this.#open.all.filter((intent) => this.#isUnknown(intent, now)).map((intent) => openUnknownOf(intent, now));
  }

  #isUnknown({ state, since }: OpenIntent, now: number): boolean {
    return state === 'unknown' || now - since >= this.#orphanAfterMillis;
  }
}

function openUnknownOf({ index, eventId, operation, state, since, job }: OpenIntent, now: number): OpenUnknown {
  return {
    index,
    eventId,
    operation,
    state: state === 'unknown' ? 'unknown' : 'orphan',
    since: toTimestamp(since),
    ageSeconds: Math.max(0, Math.floor((now - since) / 1000)),
    ...job,
  };
}
