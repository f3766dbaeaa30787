import type { EpochMillis } from '#kernel';
import type { Sealed } from './sealer.ts';
import type { EndedSession, SessionEnding, StoredSession } from './session.ts';
import type { SessionDigest } from './session-id.ts';

/** Something that may be used once: the digest of a sign-in's state or of a logout token's id. */
export interface OneTimeUse {
  readonly digest: string;
  /** Until when a second use must be noticed. */
  readonly until: EpochMillis;
}

/** Which sessions the issuer ended: one of its own, which is the subject's where both are given, or all of a subject. */
export type IssuerLogout =
  | { readonly issuerSession: string; readonly subject?: string }
  | { readonly subject: string; readonly issuerSession?: never };

/**
 * Where sessions are kept, for all replicas.
 *
 * Duties of an adapter: each method is one transaction. A session that ended is not found any more, but it stays until
 * it is forgotten, so that a crash cannot keep its end from being recorded.
 */
export abstract class SessionStore {
  /** Keeps a session. False, and nothing is kept, when `use` was used before. */
  abstract add(session: StoredSession, use: OneTimeUse): Promise<boolean>;

  /** A session that has not ended, whatever the time. */
  abstract find(digest: SessionDigest): Promise<StoredSession | undefined>;

  /** Notes that it was used. */
  abstract touch(digest: SessionDigest, at: EpochMillis): Promise<void>;

  /** Replaces the tokens of that generation. False when it has others by then, or has ended. */
  abstract replaceTokens(digest: SessionDigest, generation: number, sealed: Sealed): Promise<boolean>;

  /** Ends a session; undefined when there is none or it has ended before. */
  abstract end(digest: SessionDigest, ending: SessionEnding, at: EpochMillis): Promise<EndedSession | undefined>;

  /** Ends what the issuer ended. `used`, and nothing is ended, when `use` was used before. */
  abstract endByIssuer(
    logout: IssuerLogout,
    use: OneTimeUse,
    at: EpochMillis,
  ): Promise<readonly EndedSession[] | 'used'>;

  /** Ends at most `most` sessions that were not used since `idleSince` or whose time is over. */
  abstract endOverdue(idleSince: EpochMillis, at: EpochMillis, most: number): Promise<readonly EndedSession[]>;

  /** At most `most` sessions that ended before `before` and are still there; asked again, they come after `at` only. */
  abstract takeUnrecorded(before: EpochMillis, at: EpochMillis, most: number): Promise<readonly EndedSession[]>;

  /** Removes a session that has ended. */
  abstract forget(digest: SessionDigest): Promise<void>;

  /** Removes at most `most` one-time uses that need not be noticed any more. */
  abstract forgetUses(before: EpochMillis, most: number): Promise<void>;
}
