import type { AuditLog, DisclosureKey } from '#audit';
import { AuthenticationError, Authority, AxiosJsonFetcher, type SigningKeys, type TokenVerifier } from '#auth';
import type { Config, Secrets } from '#config';
import type { Clock } from '#kernel';
import { RoundLoop } from '#operations';
import {
  type ConsoleCertificate,
  type EndedSession,
  SessionRecorder,
  Sessions,
  SignInError,
  SignInMemory,
} from '#session';
import type { Store } from '#store';
import type { Logger } from 'pino';
import type { ConsoleCredential } from '../session/console-credential.ts';
import { ConsoleSessions } from '../session/console-sessions.ts';
import { EntraMetadataReader } from '../session/entra-metadata.ts';
import { EntraSignIn } from '../session/entra-sign-in.ts';
import { SessionAuthentication } from '../session/session-authentication.ts';
import type { Ending } from './ending.ts';

interface Parts {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly certificate: ConsoleCertificate | undefined;
  readonly disclosureKey: DisclosureKey;
  /** https origin of Entra. */
  readonly authority: string;
  readonly store: Store;
  readonly audit: AuditLog;
  readonly keys: SigningKeys;
  readonly verifier: TokenVerifier;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Between two looks for sessions whose time is over. Requests notice by themselves. */
const roundMillis = 60_000;

class AuditedSessions extends SessionRecorder {
  readonly #audit: AuditLog;

  constructor(audit: AuditLog) {
    super();
    this.#audit = audit;
  }

  override async ended({ startedBy, ending }: EndedSession): Promise<void> {
    await this.#audit.record({ type: 'session.ended', parent: startedBy, reason: ending });
  }
}

/** Lets people sign in to the console, until the ending; undefined where it is not configured. */
export function startSessions(parts: Parts, ending: Ending): ConsoleSessions | undefined {
  const { config, disclosureKey, store, audit, keys, verifier, clock, logger } = parts;
  if (config.console === undefined) return undefined;
  const { clientId, url, idleMillis, absoluteMillis } = config.console;
  const { tenantId } = config.microsoft;
  const fetcher = new AxiosJsonFetcher();
  const metadata = new EntraMetadataReader(fetcher, new Authority(parts.authority), keys, tenantId, clock);
  const api = config.callers.audiences[0] ?? '';
  const provider = new EntraSignIn({ clientId, credential: credentialOf(parts), url, api }, metadata, clock);
  const sealer = disclosureKey.sealerFor('session');
  const sessions = new Sessions({
    store: store.sessions,
    provider,
    recorder: new AuditedSessions(audit),
    sealer,
    clock,
    limits: { idleMillis, absoluteMillis },
    onTrouble: (error) => {
      logger.warn({ err: error }, 'the end of a session could not be recorded now');
    },
  });
  const loop = new RoundLoop(
    sessions,
    clock,
    () => roundMillis * (0.75 + Math.random() / 2),
    (error) => {
      logger.warn({ err: error }, 'could not look after the sessions now');
    },
  );
  ending.add(() => loop.close());
  const logoutRules = async () => {
    const issuerKeys = keys.of({ tenantId, version: '2.0' });
    const findKey = async (kid: string) => (await issuerKeys.find(kid).catch(unlessUnavailable)).key;
    return { issuer: (await issuerKeys.current().catch(unlessUnavailable)).issuer, clientId, findKey };
  };
  return new ConsoleSessions({
    sessions,
    authentication: new SessionAuthentication(sessions, verifier, url),
    provider,
    memory: new SignInMemory(sealer, clock),
    verifier,
    audit,
    clock,
    url,
    clientId,
    logoutRules,
  });
}

function credentialOf({ certificate, secrets }: Parts): ConsoleCredential {
  if (certificate !== undefined) return { kind: 'certificate', certificate };
  return { kind: 'secret', secret: secrets.consoleClientSecret ?? '' };
}

function unlessUnavailable(error: unknown): never {
  const isOurs = error instanceof AuthenticationError && error.code === 'keys_unavailable';
  throw isOurs ? new SignInError('sign_in_unavailable', { cause: error }) : error;
}
