import type { JournalEntry } from '../../apps/simulator/src/http/journal.ts';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';

const either = (texts: readonly string[]): string => `(?:${[...new Set(texts)].map(literal).join('|')})`;
const principal = either(Object.values(jobs).map(({ servicePrincipalId }) => servicePrincipalId));
/** Any sound id: where the policy names a whole service principal, callers may ask for whatever job of it. */
const job = '[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.(?!\\.)){0,199}';
const jobsOf = `/v1\\.0/servicePrincipals/${principal}/synchronization/jobs`;
const ourselves = `/v1\\.0/servicePrincipals/${ids.interlock.principalId}`;

/** All that may ever arrive at Microsoft, as `METHOD path` and, where there is one, `?query` decoded. */
const allowed = [
  `GET ${jobsOf}`,
  `GET ${jobsOf}/${job}`,
  `POST ${jobsOf}/${job}/pause`,
  `POST ${jobsOf}/${job}/start`,
  // After a 401: whether it is the ownership that is missing.
  `GET /v1\\.0/servicePrincipals/${principal}/owners\\?\\$select=id,appId&\\$top=999`,
  // The self-check, of ourselves alone.
  `GET /v1\\.0/servicePrincipals\\(appId='${ids.interlock.appId}'\\)\\?\\$select=id,appId`,
  `GET ${ourselves}/appRoleAssignments\\?\\$top=999`,
  `GET ${ourselves}/ownedObjects\\?\\$select=id&\\$top=999`,
  // Entra: our token, and what callers' tokens are verified with.
  `POST /${ids.tenant}/oauth2/v2\\.0/token(?:\\?client-request-id=[0-9a-f-]{36})?`,
  'GET /common/discovery/instance\\?.*',
  `GET /(?:${ids.tenant}|common)(?:/v2\\.0)?/\\.well-known/openid-configuration`,
  `GET /(?:${ids.tenant}|common)/discovery(?:/v2\\.0)?/keys`,
].map((pattern) => new RegExp(`^${pattern}$`));

type Arrived = Pick<JournalEntry, 'method' | 'path' | 'query' | 'dangerous' | 'bodyLength' | 'service'>;

/** What must never happen: another request than those of the list, or one that brings a body to Graph. */
export function isForbidden({ method, path, query, dangerous, bodyLength, service }: Arrived): boolean {
  if (dangerous || (service === 'graph' && bodyLength > 0)) return true;
  const request = `${method} ${path}${query === '' ? '' : `?${decodeURIComponent(query)}`}`;
  return !allowed.some((pattern) => pattern.test(request));
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
