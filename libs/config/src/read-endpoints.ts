import { type CloudName, loginHosts } from '#kernel';
import type { SettingsCheck } from './settings-check.ts';

/** An alias of the cloud's own authority is no custom endpoint: AKS sets AZURE_AUTHORITY_HOST in every pod. */
export function readEndpoints(
  check: SettingsCheck,
  cloud: CloudName,
): { authorityHost?: string; graphBaseUrl?: string } {
  const { AZURE_AUTHORITY_HOST, GRAPH_BASE_URL, INTERLOCK_CUSTOM_ENDPOINTS } = check.environment.values;
  const custom = {
    AZURE_AUTHORITY_HOST:
      AZURE_AUTHORITY_HOST !== undefined && !loginHosts[cloud].includes(new URL(AZURE_AUTHORITY_HOST).host),
    GRAPH_BASE_URL: GRAPH_BASE_URL !== undefined,
  };
  if (INTERLOCK_CUSTOM_ENDPOINTS === undefined) {
    for (const name of ['AZURE_AUTHORITY_HOST', 'GRAPH_BASE_URL'] as const) {
      if (custom[name]) check.add(name, 'contradiction', 'is refused unless INTERLOCK_CUSTOM_ENDPOINTS is `allow`');
    }
  }
  return {
    ...(AZURE_AUTHORITY_HOST !== undefined && { authorityHost: new URL(AZURE_AUTHORITY_HOST).origin }),
    ...(GRAPH_BASE_URL !== undefined && { graphBaseUrl: new URL(GRAPH_BASE_URL).origin }),
  };
}
