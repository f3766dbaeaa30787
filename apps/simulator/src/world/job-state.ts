import { z } from 'zod';

/**
 * Why Graph put a job in quarantine.
 * @see https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationquarantine
 */
export const Quarantine = z.strictObject({
  reason: z.string().default('EncounteredQuarantineException'),
  seriesCount: z.int().positive().default(1),
  /** RFC 3339. */
  began: z.iso.datetime().default('2026-01-05T08:00:00Z'),
});
export type Quarantine = z.infer<typeof Quarantine>;

/**
 * What a job is doing. `disabled` is what Graph itself does to a job (the documented sample of a pause that no one
 * asked for); `paused` remembers what a pause keeps: whether there was a run, and the quarantine.
 */
export const JobState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('created') }),
  z.strictObject({ kind: z.literal('scheduled') }),
  z.strictObject({ kind: z.literal('active') }),
  z.strictObject({
    kind: z.literal('paused'),
    hasRun: z.boolean().default(true),
    quarantine: Quarantine.optional(),
  }),
  z.strictObject({ kind: z.literal('disabled') }),
  z.strictObject({ kind: z.literal('quarantined'), quarantine: Quarantine.prefault({}) }),
]);
export type JobState = z.infer<typeof JobState>;

/** After POST pause. A second pause changes nothing. */
export function paused(state: JobState): JobState {
  switch (state.kind) {
    case 'paused':
      return state;
    case 'quarantined':
      return { kind: 'paused', hasRun: true, quarantine: state.quarantine };
    case 'created':
    case 'scheduled':
      return { kind: 'paused', hasRun: false };
    case 'active':
    case 'disabled':
      return { kind: 'paused', hasRun: true };
  }
}

/** After POST start: goes on from where a pause left off and clears a quarantine. */
export function started(state: JobState): JobState {
  switch (state.kind) {
    case 'created':
      return { kind: 'scheduled' };
    case 'paused':
      return state.hasRun ? { kind: 'active' } : { kind: 'scheduled' };
    case 'scheduled':
    case 'active':
      return state;
    case 'disabled':
    case 'quarantined':
      return { kind: 'active' };
  }
}

/** The two fields that describe a state on the wire. */
export function wireStateOf(state: JobState): { readonly schedule: string; readonly status: string } {
  switch (state.kind) {
    case 'created':
      return { schedule: 'Disabled', status: 'NotConfigured' };
    case 'scheduled':
      return { schedule: 'Active', status: 'NotRun' };
    case 'active':
      return { schedule: 'Active', status: 'Active' };
    case 'paused':
      return { schedule: 'Paused', status: 'Paused' };
    case 'disabled':
      return { schedule: 'Disabled', status: 'Paused' };
    case 'quarantined':
      return { schedule: 'Active', status: 'Quarantine' };
  }
}
