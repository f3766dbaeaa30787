import { hash, randomBytes } from 'node:crypto';
import type { Branded } from '#kernel';

/** What the browser's cookie holds: 256 random bits in base64url. Whoever has it has the session. */
export type SessionId = Branded<string, 'SessionId'>;

/** Lower-case hex SHA-256 of a {@link SessionId}: the name of a session wherever it is kept. */
export type SessionDigest = Branded<string, 'SessionDigest'>;

/** An id that nobody had before. */
export function newSessionId(): SessionId {
  return randomBytes(32).toString('base64url') as SessionId;
}

/** The text of a cookie as an id, or undefined. */
export function readSessionId(text: string | undefined): SessionId | undefined {
  return text !== undefined && /^[\w-]{43}$/.test(text) ? (text as SessionId) : undefined;
}

/** A plain hash is enough: an id of 256 random bits cannot be guessed from it. */
export function digestOf(id: SessionId): SessionDigest {
  return hash('sha256', id, 'hex') as SessionDigest;
}
