import type { Clock, StepEnd } from '#kernel';
import { CircuitBreaker, type CircuitState } from './circuit-breaker.ts';
import type { GraphEndpoints } from './cloud.ts';
import type { CredentialConfig } from './entra-credential.ts';
import { GraphCalls } from './graph-calls.ts';
import type { GraphDirectory } from './graph-directory.ts';
import type { GraphGateway } from './graph-gateway.ts';
import { GuardedTransport } from './guarded-transport.ts';
import { HttpGraphDirectory } from './http-graph-directory.ts';
import { HttpGraphGateway } from './http-graph-gateway.ts';
import { RenewingTokens, type TokenEvent } from './renewing-tokens.ts';
import type { Concurrency } from './turns.ts';

export interface GraphSettings {
  readonly endpoints: GraphEndpoints;
  readonly credential: CredentialConfig;
  /** Our version, for `user-agent`. */
  readonly version: string;
  /** PEM certificates to trust besides the platform's, for Graph and Entra alike. */
  readonly ca?: readonly string[];
  /** Default: 128, and 256 more wait. */
  readonly concurrency?: Concurrency;
  /** Hears of every renewed token and every failure to get one. */
  readonly onTokenEvent?: (event: TokenEvent) => void;
  /** Hears when calls to Graph are held back (`open`), tried again with one (`half_open`) and let go (`closed`). */
  readonly onCircuitChange?: (state: CircuitState) => void;
  /** Hears how each request to Graph ended, and whether it was the repeat of one. */
  readonly onAttempt?: (end: StepEnd, isRetry: boolean) => void;
}

/** Everything that reaches out to Microsoft, with one end. */
export interface GraphConnection {
  readonly gateway: GraphGateway;
  /** What we may ask about ourselves. */
  readonly directory: GraphDirectory;
  readonly tokens: RenewingTokens;
  /** Lets calls under way finish, then closes the connections. */
  close(): Promise<void>;
}

/**
 * Wires the gateway for one cloud and credential. Connects to nothing before the first call. What speaks to Microsoft is
 * loaded here and not before: it is most of the code, and much that uses this library never calls anybody.
 */
export async function connectGraph(settings: GraphSettings, clock: Clock): Promise<GraphConnection> {
  const { AxiosTransport } = await import('./axios-transport.ts');
  const { EntraTokenSource } = await import('./entra-credential.ts');
  const { endpoints, credential, version, ca = [], concurrency = { limit: 128, queue: 256 } } = settings;
  const tokens = new RenewingTokens(
    new EntraTokenSource(credential, endpoints, clock, ca),
    clock,
    settings.onTokenEvent,
  );
  const carrier = new AxiosTransport(endpoints.graphRoot, { version, ca, connections: concurrency.limit });
  // One credential, one tenant: this breaker and this limit are the tenant's.
  const breaker = new CircuitBreaker(clock, settings.onCircuitChange);
  const transport = new GuardedTransport(carrier, breaker, concurrency);
  const tools = { transport, tokens, clock, random: Math.random, onAttempt: settings.onAttempt };
  const calls = new GraphCalls(tools);
  const close = async () => {
    await transport.close();
    calls.close();
  };
  return {
    gateway: new HttpGraphGateway(calls, credential.clientId),
    directory: new HttpGraphDirectory(calls),
    tokens,
    close,
  };
}
