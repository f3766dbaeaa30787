import type { Selectable } from 'kysely';
import type { EpochMillis, EventId } from '#kernel';
import type { EndedSession, SessionDigest, SessionEnding, StoredSession } from '#session';
import { plainBytes } from './plain-bytes.ts';
import type { ConsoleSessionTable } from './schema.ts';

/** What is left to record of a session that ended. */
export function endedOf(row: Pick<Selectable<ConsoleSessionTable>, 'digest' | 'started_by' | 'ending'>): EndedSession {
  return {
    digest: row.digest as SessionDigest,
    startedBy: row.started_by as EventId,
    ending: row.ending as SessionEnding,
  };
}

/** A session as its row has it. */
export function sessionOf(row: Selectable<ConsoleSessionTable>): StoredSession {
  return {
    digest: row.digest as SessionDigest,
    generation: row.generation,
    startedBy: row.started_by as EventId,
    subject: row.subject,
    ...(row.issuer_session !== null && { issuerSession: row.issuer_session }),
    signedInAt: row.signed_in_at as EpochMillis,
    seenAt: row.seen_at as EpochMillis,
    endsAt: row.ends_at as EpochMillis,
    sealed: { nonce: plainBytes(row.nonce), content: plainBytes(row.content) },
  };
}
