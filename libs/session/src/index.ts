export { type ConsoleCertificate, parseConsoleCertificate } from './console-certificate.ts';
export { type LogoutTokenRules, type VerifiedLogout, verifyLogoutToken } from './logout-token.ts';
export { returnPath } from './return-path.ts';
export type { Sealed, Sealer } from './sealer.ts';
export type {
  EndedSession,
  IssuedTokens,
  IssuerNames,
  SessionEnding,
  SessionLimits,
  SessionTokens,
  StoredSession,
} from './session.ts';
export { digestOf, newSessionId, readSessionId, type SessionDigest, type SessionId } from './session-id.ts';
export { SessionRecorder } from './session-recorder.ts';
export { type IssuerLogout, type OneTimeUse, SessionStore } from './session-store.ts';
export { type NewSession, type OpenSession, type SessionParts, Sessions } from './sessions.ts';
export { SignInError } from './sign-in-error.ts';
export { type PendingSignIn, SignInMemory, signInMillis } from './sign-in-memory.ts';
export { type SignedIn, SignInProvider, type SignInRequest, type SignInSecrets } from './sign-in-provider.ts';
