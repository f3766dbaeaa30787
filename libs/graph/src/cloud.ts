import { type Branded, type CloudName, CodedError, loginHosts } from '#kernel';

/** `https://host[:port]` and nothing after it, so that appending a path cannot change the host. */
export type HttpsOrigin = Branded<string, 'HttpsOrigin'>;

/**
 * Where one Microsoft cloud lives. Tokens are not interchangeable between clouds.
 * @see https://learn.microsoft.com/graph/deployments
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export interface Cloud {
  readonly name: CloudName;
  readonly graphRoot: HttpsOrigin;
  /** What to ask the token service for. L4 and L5 share an authority and differ only here and in the root. */
  readonly scope: string;
  /** Entra's token service, under the name that Microsoft prefers. */
  readonly authorityHost: HttpsOrigin;
  /** Host in the `iss` of v2.0 tokens. */
  readonly issuerHost: string;
  /** Audience of the assertion when a managed identity stands for our app registration. */
  readonly tokenExchangeAudience: string;
}

function cloud(name: CloudName, graph: string, exchange: string): Cloud {
  const [issuerHost] = loginHosts[name];
  return {
    name,
    graphRoot: originOf(graph),
    scope: `${graph}/.default`,
    authorityHost: originOf(`https://${issuerHost}`),
    issuerHost,
    tokenExchangeAudience: `api://${exchange}`,
  };
}

/** The clouds, by name. */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  global: cloud('global', 'https://graph.microsoft.com', 'AzureADTokenExchange'),
  usgov: cloud('usgov', 'https://graph.microsoft.us', 'AzureADTokenExchangeUSGov'),
  dod: cloud('dod', 'https://dod-graph.microsoft.us', 'AzureADTokenExchangeUSGov'),
  china: cloud('china', 'https://microsoftgraph.chinacloudapi.cn', 'AzureADTokenExchangeChina'),
};

/** An endpoint setting that is not a bare https origin. The message names the setting, never its value. */
export class InvalidEndpoint extends CodedError {
  readonly code = 'endpoint_invalid';

  constructor(readonly setting: 'authorityHost' | 'graphBaseUrl') {
    super(`${setting} must be an https origin: no user, path, query or fragment.`);
  }
}

/** Endpoints that stand in for a cloud's own: a private relay, a new national cloud, the simulator. */
export interface EndpointOverrides {
  readonly authorityHost?: string;
  readonly graphBaseUrl?: string;
}

/** Where this process gets tokens and sends its calls. */
export interface GraphEndpoints {
  readonly cloud: CloudName;
  readonly graphRoot: HttpsOrigin;
  readonly scope: string;
  readonly authorityHost: HttpsOrigin;
  /**
   * Whether the identity library may replace the authority by what Microsoft publishes about it. It would then ask the
   * preferred host whichever alias it was given, past the firewall rule for which an operator chose the alias; and
   * Microsoft publishes nothing about a host of one's own.
   */
  readonly instanceDiscovery: boolean;
  readonly issuerHost: string;
  readonly tokenExchangeAudience: string;
}

/**
 * Endpoints of a cloud, with overrides. The scope stays the cloud's: an override moves the door, not the audience.
 * Throws {@link InvalidEndpoint}.
 */
export function endpointsOf(name: CloudName, overrides: EndpointOverrides = {}): GraphEndpoints {
  const { graphRoot, scope, authorityHost: preferred, issuerHost, tokenExchangeAudience } = clouds[name];
  const authorityHost =
    overrides.authorityHost === undefined ? preferred : parseOrigin(overrides.authorityHost, 'authorityHost');
  return {
    cloud: name,
    graphRoot: overrides.graphBaseUrl === undefined ? graphRoot : parseOrigin(overrides.graphBaseUrl, 'graphBaseUrl'),
    scope,
    authorityHost,
    instanceDiscovery: authorityHost === preferred,
    issuerHost,
    tokenExchangeAudience,
  };
}

function parseOrigin(text: string, setting: 'authorityHost' | 'graphBaseUrl'): HttpsOrigin {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // href differs from the origin by more than "/" when there is a user, path, query or fragment.
  if (url?.protocol !== 'https:' || url.href !== `${url.origin}/`) throw new InvalidEndpoint(setting);
  return url.origin as HttpsOrigin;
}

function originOf(text: string): HttpsOrigin {
  return new URL(text).origin as HttpsOrigin;
}
