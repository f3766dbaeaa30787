import { AuthenticationError } from './authentication-error.ts';

/** @see https://learn.microsoft.com/graph/deployments */
const graphHosts = new Set([
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
]);
const graphApplication = '00000003-0000-0000-c000-000000000000';

/** Whether the audience is Microsoft Graph in any cloud and any spelling. */
export function isGraphAudience(audience: string): boolean {
  const host = URL.parse(audience)?.hostname;
  return (
    (host !== undefined && graphHosts.has(host)) || audience.toLowerCase().replace(/\/+$/, '') === graphApplication
  );
}

/**
 * Refuses a token of Microsoft Graph (`audience_is_graph`) before anything else is said about it: whoever sends one has
 * asked for the wrong scope, and such tokens cannot be verified by anybody but Graph.
 */
export function refuseGraphAudience(audience: string | undefined): void {
  if (audience !== undefined && isGraphAudience(audience)) throw new AuthenticationError('audience_is_graph');
}

/** The audience, when it is exactly one of ours; refuses `audience_missing` and `audience_not_allowed`. */
export function checkAudience(audience: string | undefined, accepted: ReadonlySet<string>): string {
  if (audience === undefined) throw new AuthenticationError('audience_missing');
  if (!accepted.has(audience)) throw new AuthenticationError('audience_not_allowed');
  return audience;
}
