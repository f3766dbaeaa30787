import type { EpochMillis, EventId, ObjectId, TenantId } from '#kernel';
import type { Sealed } from './sealer.ts';
import type { SessionDigest } from './session-id.ts';

/**
 * Why a session ended: by its person, by the issuer, by a new sign-in, by time, because its tokens are no use, or
 * because it could not be kept in the first place.
 */
export const sessionEndings = [
  'signed_out',
  'signed_out_at_issuer',
  'replaced',
  'idle',
  'too_old',
  'renewal_refused',
  'unreadable',
  'not_kept',
] as const;
export type SessionEnding = (typeof sessionEndings)[number];

/** Whom the issuer calls what, as digests: enough to find a session by, and a copy of the rows names nobody. */
export interface IssuerNames {
  /** Of `sub`. */
  readonly subject: string;
  /** Of `sid`, where the issuer gave one. */
  readonly issuerSession?: string;
}

/** A session as it is kept. */
export interface StoredSession extends IssuerNames {
  readonly digest: SessionDigest;
  /** Grows with each renewal of its tokens. */
  readonly generation: number;
  /** The event that records its start. */
  readonly startedBy: EventId;
  readonly signedInAt: EpochMillis;
  /** When it was last used, give or take a minute. */
  readonly seenAt: EpochMillis;
  /** When it ends whatever happens. */
  readonly endsAt: EpochMillis;
  /** Its {@link SessionTokens}. */
  readonly sealed: Sealed;
}

/** What of a session that ended must still be recorded. */
export interface EndedSession {
  readonly digest: SessionDigest;
  readonly startedBy: EventId;
  readonly ending: SessionEnding;
}

/** Tokens of a person, as the issuer gave them. */
export interface IssuedTokens {
  readonly accessToken: string;
  /** Of the access token. */
  readonly expiresAt: EpochMillis;
  /** Absent: the session ends with its access token. */
  readonly refreshToken?: string;
}

/** What a session keeps sealed: its tokens and whose they are. */
export interface SessionTokens extends IssuedTokens {
  readonly tenantId: TenantId;
  readonly objectId: ObjectId;
}

/** How long sessions last, in milliseconds. */
export interface SessionLimits {
  /** Without a request. */
  readonly idleMillis: number;
  /** From the sign-in on. */
  readonly absoluteMillis: number;
}
