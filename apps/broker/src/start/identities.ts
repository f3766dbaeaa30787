import { AxiosJsonFetcher, SigningKeys, TokenVerifier } from '#auth';
import type { OutcomeRecorder } from '#operations';
import { StandingChecks } from '../health/standing-checks.ts';
import type { ConsoleSessions } from '../session/console-sessions.ts';
import type { Ending } from './ending.ts';
import type { Foundation } from './foundation.ts';
import { keepFresh } from './keep-fresh.ts';
import { startSessions } from './sessions.ts';
import { startSelfCheck } from './start-self-check.ts';

/** Who callers are, and who we are to Microsoft. */
export interface Identities {
  readonly verifier: TokenVerifier;
  /** Undefined: nobody can sign in. */
  readonly console: ConsoleSessions | undefined;
  readonly standing: StandingChecks;
}

/** Begins to keep the keys of both fresh, and checks our own standing. */
export async function startIdentities(
  { configuration, inputs, endpoints, clock, logger, store, audit, policies, graph }: Foundation,
  outcomes: OutcomeRecorder,
  ending: Ending,
): Promise<Identities> {
  const { config, secrets } = configuration;
  const authority = endpoints.authorityHost;
  const keys = new SigningKeys({ authority, tenants: config.callers.tenants }, new AxiosJsonFetcher(), clock);
  const { directory, tokens } = graph;
  keepFresh(keys, tokens, ending);
  const { allowedRoles, clientId } = config.microsoft;
  const catalog = () => policies.live.current().catalog;
  const asked = { audit, outcomes, directory, tokens, clock, clientId, allowedRoles, catalog };
  const selfCheck = await startSelfCheck(asked, logger, ending);
  const verifier = new TokenVerifier(config.callers, keys, clock);
  const { consoleCertificate: certificate, disclosureKey } = inputs;
  const console = startSessions(
    { config, secrets, certificate, disclosureKey, authority, store, audit, keys, verifier, clock, logger },
    ending,
  );
  return { verifier, console, standing: new StandingChecks(() => selfCheck.knowledge, allowedRoles) };
}
