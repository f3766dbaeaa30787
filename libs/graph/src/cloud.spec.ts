import { cloudNames } from '#kernel';
import { clouds, endpointsOf, InvalidEndpoint } from './cloud.ts';

describe('endpointsOf', () => {
  it.each([
    ['global', 'https://graph.microsoft.com', 'https://login.microsoftonline.com'],
    ['usgov', 'https://graph.microsoft.us', 'https://login.microsoftonline.us'],
    ['dod', 'https://dod-graph.microsoft.us', 'https://login.microsoftonline.us'],
    ['china', 'https://microsoftgraph.chinacloudapi.cn', 'https://login.partner.microsoftonline.cn'],
  ] as const)('knows where %s lives', (name, graphRoot, authorityHost) => {
    expect(endpointsOf(name)).toMatchObject({
      graphRoot,
      scope: `${graphRoot}/.default`,
      authorityHost,
      instanceDiscovery: true,
    });
  });

  it('keeps the audiences of the clouds apart', () => {
    expect(new Set(cloudNames.map((name) => clouds[name].scope)).size).toBe(cloudNames.length);
    expect(clouds.dod.tokenExchangeAudience).toBe('api://AzureADTokenExchangeUSGov');
    expect(clouds.china.tokenExchangeAudience).toBe('api://AzureADTokenExchangeChina');
  });

  it('moves the door but not the audience when the Graph root is overridden', () => {
    const endpoints = endpointsOf('global', { graphBaseUrl: 'https://localhost:8443' });
    expect(endpoints.graphRoot).toBe('https://localhost:8443');
    expect(endpoints.scope).toBe('https://graph.microsoft.com/.default');
  });

  it('lets nobody replace an authority that was chosen', () => {
    const authority = (authorityHost: string) => endpointsOf('china', { authorityHost });
    expect(authority('https://login.partner.microsoftonline.cn').instanceDiscovery).toBe(true);
    expect(authority('https://login.chinacloudapi.cn').instanceDiscovery).toBe(false);
    expect(authority('https://sts.example').instanceDiscovery).toBe(false);
  });

  it('accepts a trailing slash, upper case and the default port, and normalises them away', () => {
    expect(endpointsOf('global', { graphBaseUrl: 'https://Graph.Example:443/' }).graphRoot).toBe(
      'https://graph.example',
    );
  });

  it.each([
    'http://graph.example',
    'https://user@graph.example',
    'https://user:secret@graph.example',
    'https://graph.example/v1.0',
    'https://graph.example?x',
    'https://graph.example/?',
    'https://graph.example#x',
    'ftp://graph.example',
    'file:///etc/passwd',
    'graph.example',
    '',
  ])('refuses %j without repeating it', (text) => {
    for (const setting of ['graphBaseUrl', 'authorityHost'] as const) {
      const attempt = () => endpointsOf('global', { [setting]: text });
      expect(attempt).toThrow(new InvalidEndpoint(setting));
    }
  });
});
