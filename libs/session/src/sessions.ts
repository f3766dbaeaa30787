import { hash } from 'node:crypto';
import type { Clock, EpochMillis, EventId, ObjectId, TenantId } from '#kernel';
import { batchSize, inBatches } from './in-batches.ts';
import type { VerifiedLogout } from './logout-token.ts';
import type { EndedSession, SessionEnding, SessionLimits, SessionTokens, StoredSession } from './session.ts';
import { digestOf, newSessionId, type SessionDigest, type SessionId } from './session-id.ts';
import type { SessionRecorder } from './session-recorder.ts';
import { SessionRenewal } from './session-renewal.ts';
import type { SessionStore } from './session-store.ts';
import { SignInError } from './sign-in-error.ts';
import { signInMillis } from './sign-in-memory.ts';
import type { SignedIn, SignInProvider } from './sign-in-provider.ts';
import { TokenVault } from './token-vault.ts';
import type { Sealer } from './sealer.ts';

/** What {@link Sessions} work with. */
export interface SessionParts {
  readonly store: SessionStore;
  readonly provider: SignInProvider;
  readonly recorder: SessionRecorder;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly limits: SessionLimits;
  /** Hears that the end of a session could not be recorded yet. */
  readonly onTrouble: (error: unknown) => void;
}

/** A completed sign-in that is to become a session. */
export interface NewSession extends SignedIn {
  readonly tenantId: TenantId;
  readonly objectId: ObjectId;
  /** Of the sign-in: makes one session at most. */
  readonly state: string;
  /** The event that records its start. */
  readonly startedBy: EventId;
}

/** A session that is open. */
export interface OpenSession {
  readonly digest: SessionDigest;
  readonly tokens: SessionTokens;
  /** When it ends without another request. */
  readonly idleAt: EpochMillis;
  /** When it ends whatever happens. */
  readonly endsAt: EpochMillis;
}

/** The time that whoever ended a session has for recording it. */
const recordingMillis = 60_000;

/** Sessions of people who signed in, from their start to their recorded end. */
export class Sessions {
  readonly #parts: SessionParts;
  readonly #vault: TokenVault;
  readonly #renewal: SessionRenewal;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#vault = new TokenVault(parts.sealer);
    this.#renewal = new SessionRenewal(parts.store, parts.provider, this.#vault, parts.clock);
  }

  /** Opens a session under an id that nobody had before. Rejects with `sign_in_stale` when the state made one already. */
  async begin(signIn: NewSession): Promise<SessionId> {
    const { store, clock, limits } = this.#parts;
    const { tokens, tenantId, objectId, subject, issuerSession, state, startedBy } = signIn;
    const id = newSessionId();
    const digest = digestOf(id);
    const now = clock.now();
    const session: StoredSession = {
      digest,
      generation: 1,
      startedBy,
      subject: sha256(subject),
      ...(issuerSession !== undefined && { issuerSession: sha256(issuerSession) }),
      signedInAt: now,
      seenAt: now,
      endsAt: (now + limits.absoluteMillis) as EpochMillis,
      sealed: this.#vault.seal(digest, { ...tokens, tenantId, objectId }),
    };
    // A sign-in is too old before its state is forgotten.
    const use = { digest: sha256(state), until: (now + 2 * signInMillis) as EpochMillis };
    const kept = await store.add(session, use).catch(async (error: unknown) => {
      await this.#notKept(session);
      throw error;
    });
    if (kept) return id;
    await this.#notKept(session);
    throw new SignInError('sign_in_stale');
  }

  /** The session for a request of its person, its access token fresh; undefined when it has ended. */
  async use(id: SessionId): Promise<OpenSession | undefined> {
    const session = await this.#inTime(digestOf(id));
    if (session === undefined) return undefined;
    const { store, clock, limits } = this.#parts;
    const opened = await this.#opened(session);
    const now = clock.now();
    // Not with every request: a write each would cost more than the request.
    const isDue = now - session.seenAt >= Math.min(60_000, limits.idleMillis / 10);
    if (opened !== undefined && isDue) await store.touch(session.digest, now);
    return opened && { ...opened, idleAt: this.#idleAt(now) };
  }

  /** The same, but it does not count as a use: asking how long a session lasts does not make it last. */
  async look(id: SessionId): Promise<OpenSession | undefined> {
    const session = await this.#inTime(digestOf(id));
    return session === undefined ? undefined : this.#opened(session);
  }

  /** Ends it, if it has not ended. It is over even when that cannot be recorded at once. */
  async end(digest: SessionDigest, ending: SessionEnding): Promise<void> {
    const { store, clock } = this.#parts;
    const ended = await store.end(digest, ending, clock.now());
    if (ended !== undefined) await this.#record([ended]);
  }

  /** Ends what the issuer ended; rejects with `logout_token_invalid` when that token came before. */
  async endByIssuer({ subject, issuerSession, tokenId, expiresAt }: VerifiedLogout): Promise<void> {
    const { store, clock } = this.#parts;
    const named = subject === undefined ? {} : { subject: sha256(subject) };
    const logout =
      issuerSession === undefined ? { subject: sha256(subject) } : { ...named, issuerSession: sha256(issuerSession) };
    const use = { digest: sha256(tokenId), until: expiresAt };
    const ended = await store.endByIssuer(logout, use, clock.now());
    if (ended === 'used') throw new SignInError('logout_token_invalid');
    await this.#record(ended);
  }

  /** Ends sessions whose time is over, and records ends that a crash or the log's absence left unrecorded. */
  async round(): Promise<void> {
    const { store, clock, limits } = this.#parts;
    const now = clock.now();
    const idleSince = (now - limits.idleMillis) as EpochMillis;
    await inBatches(
      () => store.endOverdue(idleSince, now, batchSize),
      (ended) => this.#record(ended),
    );
    const before = (now - recordingMillis) as EpochMillis;
    await inBatches(
      () => store.takeUnrecorded(before, now, batchSize),
      (ended) => this.#record(ended),
    );
    await store.forgetUses(now, 10 * batchSize);
  }

  async #inTime(digest: SessionDigest): Promise<StoredSession | undefined> {
    const session = await this.#parts.store.find(digest);
    if (session === undefined) return undefined;
    const now = this.#parts.clock.now();
    const overdue = session.endsAt <= now ? 'too_old' : this.#idleAt(session.seenAt) <= now ? 'idle' : undefined;
    if (overdue === undefined) return session;
    await this.end(digest, overdue);
    return undefined;
  }

  async #opened(session: StoredSession): Promise<OpenSession | undefined> {
    const { digest, seenAt, endsAt } = session;
    const kept = this.#vault.open(session);
    const tokens = kept === undefined ? 'unreadable' : await this.#renewal.fresh(session, kept);
    if (typeof tokens === 'object') return { digest, tokens, idleAt: this.#idleAt(seenAt), endsAt };
    await this.end(digest, tokens === 'refused' ? 'renewal_refused' : tokens);
    return undefined;
  }

  /** Its start is on record, so its end must be. */
  async #notKept({ digest, startedBy }: StoredSession): Promise<void> {
    const { recorder, onTrouble } = this.#parts;
    await recorder.ended({ digest, startedBy, ending: 'not_kept' }).catch(onTrouble);
  }

  #idleAt(seenAt: EpochMillis): EpochMillis {
    return (seenAt + this.#parts.limits.idleMillis) as EpochMillis;
  }

  async #record(ended: readonly EndedSession[]): Promise<void> {
    const { store, recorder, onTrouble } = this.#parts;
    for (const session of ended) {
      try {
        await recorder.ended(session);
        await store.forget(session.digest);
      } catch (error) {
        onTrouble(error);
      }
    }
  }
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
