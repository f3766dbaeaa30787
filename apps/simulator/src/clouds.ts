/** The deployments of Entra and Graph. L4 and L5 of the US government share an authority but not a Graph root. */
export const cloudNames = ['global', 'usgov', 'dod', 'china'] as const;
export type CloudName = (typeof cloudNames)[number];

/**
 * Where one cloud lives and what it writes into tokens.
 * @see https://learn.microsoft.com/graph/deployments
 */
export interface Cloud {
  readonly name: CloudName;
  /** Host in issuers; not always the host that clients talk to. */
  readonly loginHost: string;
  readonly loginAliases: readonly string[];
  readonly graphHost: string;
  /** Host in the issuers of v1.0 tokens. */
  readonly stsHost: string;
  readonly instanceName: string;
  readonly portal: string;
  /** Resource that a managed identity asks for to stand for an application. */
  readonly tokenExchange: string;
}

const usgov: Cloud = {
  name: 'usgov',
  loginHost: 'login.microsoftonline.us',
  loginAliases: ['login.usgovcloudapi.net'],
  graphHost: 'graph.microsoft.us',
  stsHost: 'sts.windows.net',
  instanceName: 'microsoftonline.us',
  portal: 'https://portal.azure.us',
  tokenExchange: 'api://AzureADTokenExchangeUSGov',
};

export const clouds: Readonly<Record<CloudName, Cloud>> = {
  global: {
    name: 'global',
    loginHost: 'login.microsoftonline.com',
    loginAliases: ['login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    graphHost: 'graph.microsoft.com',
    stsHost: 'sts.windows.net',
    instanceName: 'microsoftonline.com',
    portal: 'https://entra.microsoft.com',
    tokenExchange: 'api://AzureADTokenExchange',
  },
  usgov,
  dod: { ...usgov, name: 'dod', graphHost: 'dod-graph.microsoft.us' },
  china: {
    name: 'china',
    // The issuer names this host even when the token was fetched from login.chinacloudapi.cn.
    loginHost: 'login.partner.microsoftonline.cn',
    loginAliases: ['login.chinacloudapi.cn'],
    graphHost: 'microsoftgraph.chinacloudapi.cn',
    stsHost: 'sts.chinacloudapi.cn',
    instanceName: 'partner.microsoftonline.cn',
    portal: 'https://portal.azure.cn',
    tokenExchange: 'api://AzureADTokenExchangeChina',
  },
};

/** The issuer of a tenant's tokens; `{tenantid}` as tenant gives the template of the `common` documents. */
export function issuerOf(cloud: Cloud, tenantId: string, version: 1 | 2): string {
  return version === 1 ? `https://${cloud.stsHost}/${tenantId}/` : `https://${cloud.loginHost}/${tenantId}/v2.0`;
}

export function graphRootOf(cloud: Cloud): string {
  return `https://${cloud.graphHost}`;
}

/** Clouds whose tokens the authority of `cloud` issues. */
export function cloudsSharingAuthority(cloud: Cloud): readonly Cloud[] {
  return Object.values(clouds).filter((other) => other.loginHost === cloud.loginHost);
}

/** Every real host name that the simulator answers to. */
export const realHosts: readonly string[] = [
  ...new Set(Object.values(clouds).flatMap((cloud) => [cloud.loginHost, ...cloud.loginAliases, cloud.graphHost])),
];

/** What a request's host means: a real name is one service of one cloud, any other name is both of the default cloud. */
export interface Site {
  readonly cloud: Cloud;
  readonly serves: 'entra' | 'graph' | 'both';
}

export function siteOf(host: string, fallback: Cloud): Site {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  for (const cloud of Object.values(clouds)) {
    if (name === cloud.graphHost) return { cloud, serves: 'graph' };
    if (name === cloud.loginHost || cloud.loginAliases.includes(name)) return { cloud, serves: 'entra' };
  }
  return { cloud: fallback, serves: 'both' };
}
