export { AccessToken } from './access-token.ts';
export { azureCliToken } from './azure-cli-token.ts';
export type { CircuitState } from './circuit-breaker.ts';
export {
  type Cloud,
  clouds,
  type EndpointOverrides,
  endpointsOf,
  type GraphEndpoints,
  type HttpsOrigin,
  InvalidEndpoint,
} from './cloud.ts';
export { connectGraph, type GraphConnection, type GraphSettings } from './connect-graph.ts';
export { CredentialUnavailable } from './credential-unavailable.ts';
export type { CredentialConfig } from './entra-credential.ts';
export { ownedByRole } from './graph-app-role.ts';
export { type AppRoleAssignment, GraphDirectory } from './graph-directory.ts';
export {
  type GraphCall,
  type GraphEvidence,
  GraphGateway,
  type GraphRefusal,
  type GraphResult,
  type JobList,
  type NotSent,
  type SynchronizationJob,
  type UnknownReason,
} from './graph-gateway.ts';
export { GraphTokens, TokenSource } from './graph-tokens.ts';
export { type GraphReply, type GraphRequest, GraphTransport, TransportFailure } from './graph-transport.ts';
export { type JobState, stateOf } from './job-state.ts';
export { type Quarantine, quarantineOf } from './quarantine.ts';
export { probeAuthority, probeGraph, type Reach } from './endpoint-probe.ts';
export { RenewingTokens, type TokenEvent } from './renewing-tokens.ts';
export { probeLogoutTokens, probeSignIn, type SignInAnswer } from './sign-in-probe.ts';
