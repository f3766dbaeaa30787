import type { EndedSession } from './session.ts';

/** Where the ends of sessions are recorded. */
export abstract class SessionRecorder {
  /** Resolves when it is durable. Rejects when it is not; then it is tried again. */
  abstract ended(session: EndedSession): Promise<void>;
}
