import type { AlarmName } from './alarm-table.ts';

/** Who hears of alarms. */
export interface Destination {
  /** Names its cursor and its place in the log, so that it must stay the same. */
  readonly name: string;
  /** An https URL; plain http with `reach` of `loopback` only. */
  readonly url: string;
  /** One or two: while a secret is changed, both sign. */
  readonly secretFiles: readonly string[];
  readonly events: readonly AlarmName[];
  /** Names of the personal fields that it gets in plain. */
  readonly disclose: readonly string[];
  readonly reach: Reach;
}

/** Which addresses a destination may have. */
export type Reach = 'public' | 'private' | 'loopback';
