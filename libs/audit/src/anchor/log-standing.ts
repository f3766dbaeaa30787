import { type Clock, type EpochMillis, parseTimestamp } from '#kernel';
import type { AuditLog } from '../audit-log.ts';
import type { LogSnapshot } from '../log-snapshot.ts';
import { unavailable } from '../unavailable.ts';
import type { AnchorId } from './anchor-event.ts';
import type { AnchorState, AnchorStore } from './anchor-store.ts';

/** Whom the log convinces. */
export type Protection =
  /** Whoever holds database and key could rewrite all of it, and nobody would know. */
  | { readonly kind: 'tamper-detecting' }
  /** The first `size` entries cannot be changed without contradicting a checkpoint that somebody else holds. */
  | { readonly kind: 'tamper-evident'; readonly size: number };

/** What there is to tell of the log as a whole. */
export interface Standing {
  readonly size: number;
  /** Signed note of that size. */
  readonly checkpoint: string;
  /** When its last entry happened. */
  readonly checkpointAt: EpochMillis;
  /** Those of the configuration, and those that were in it before. */
  readonly anchors: readonly AnchorState[];
  readonly protection: Protection;
}

/** The one rule of which words the log deserves: "tamper-evident" up to the largest size that any anchor took. */
export function protectionOf(anchors: readonly AnchorState[]): Protection {
  const size = Math.max(0, ...anchors.map((anchor) => anchor.size));
  return size === 0 ? { kind: 'tamper-detecting' } : { kind: 'tamper-evident', size };
}

/** What of the log its standing is told from. */
export interface StandingLog extends Pick<AuditLog, 'entry'> {
  latest(): Promise<Pick<LogSnapshot, 'size' | 'checkpoint'>>;
}

/** How the log and its anchors stand. */
export class LogStanding {
  readonly #log: StandingLog;
  readonly #store: AnchorStore;
  readonly #anchors: readonly AnchorId[];
  readonly #clock: Clock;
  #last: Standing | undefined;

  constructor(log: StandingLog, store: AnchorStore, anchors: readonly AnchorId[], clock: Clock) {
    this.#log = log;
    this.#store = store;
    this.#anchors = anchors;
    this.#clock = clock;
  }

  /** As of now; AuditUnavailable when the store fails. */
  async now(): Promise<Standing> {
    try {
      this.#last = await this.#look();
      return this.#last;
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** As of the last look, a minute ago at most; needs no store. Undefined before the first. */
  lately(): Standing | undefined {
    return this.#last;
  }

  /** The largest checkpoint that a witness cosigned, with all its cosignatures; AuditUnavailable when the store fails. */
  async witnessed(): Promise<string | undefined> {
    try {
      return await this.#store.witnessed();
    } catch (error) {
      throw unavailable(error);
    }
  }

  async #look(): Promise<Standing> {
    const { size, checkpoint } = await this.#log.latest();
    const { columns } = await this.#log.entry(size - 1);
    const states = await this.#store.states();
    const never = this.#anchors.filter(({ name }) => !states.some((state) => state.name === name));
    const anchors = [...states, ...never.map(({ name, kind }) => ({ name, kind, size: 0 }))];
    const checkpointAt = parseTimestamp(columns.time) ?? this.#clock.now();
    return { size, checkpoint, checkpointAt, anchors, protection: protectionOf(states) };
  }
}
