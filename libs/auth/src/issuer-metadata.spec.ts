import { TenantId } from '#kernel';
import { Authority } from './authority.ts';
import { readIssuerMetadata } from './issuer-metadata.ts';

const tenantId = TenantId.parse('11111111-aaaa-4aaa-8aaa-111111111111', 'tenant');
const entra = 'https://login.microsoftonline.com';
const v2 = { tenantId, version: '2.0' } as const;
const document = { issuer: `${entra}/${tenantId}/v2.0`, jwks_uri: `${entra}/${tenantId}/discovery/v2.0/keys` };

describe('Authority', () => {
  it('knows where the metadata of each version is', () => {
    const authority = new Authority(`${entra}/`);
    expect(authority.metadataUrl(v2).href).toBe(`${entra}/${tenantId}/v2.0/.well-known/openid-configuration`);
    expect(authority.metadataUrl({ tenantId, version: '1.0' }).href).toBe(
      `${entra}/${tenantId}/.well-known/openid-configuration`,
    );
  });

  it.each(['http://login.example', 'login.example', `${entra}/common`, `${entra}/?a=b`, 'https://user@login.example'])(
    'refuses %s',
    (url) => {
      expect(() => new Authority(url)).toThrow(TypeError);
    },
  );
});

describe('readIssuerMetadata', () => {
  it('takes the issuer as it stands and the address of the keys', () => {
    const metadata = readIssuerMetadata(document, v2, new Authority(entra));
    expect(metadata).toEqual({ issuer: document.issuer, keysUrl: new URL(document.jwks_uri) });
  });

  it('takes keys from another host of the same cloud', () => {
    const china = { ...document, jwks_uri: 'https://login.partner.microsoftonline.cn/common/discovery/keys' };
    expect(() => readIssuerMetadata(china, v2, new Authority('https://login.chinacloudapi.cn'))).not.toThrow();
    expect(() => readIssuerMetadata(china, v2, new Authority(entra))).toThrow('jwks_uri');
  });

  it.each<[string, object]>([
    ['issuer of every tenant', { issuer: `${entra}/{tenantid}/v2.0` }],
    ['issuer of another tenant', { issuer: `${entra}/22222222-bbbb-4bbb-8bbb-222222222222/v2.0` }],
    ['issuer with the tenant in its query', { issuer: `${entra}/common?${tenantId}` }],
    ['issuer with the tenant as part of a word', { issuer: `${entra}/x${tenantId}/v2.0` }],
    ['issuer without TLS', { issuer: document.issuer.replace('https', 'http') }],
    ['issuer that is no URL', { issuer: tenantId }],
    ['list of issuers', { issuer: [document.issuer] }],
    ['key address elsewhere', { jwks_uri: 'https://attacker.example/keys' }],
    ['key address without TLS', { jwks_uri: document.jwks_uri.replace('https', 'http') }],
    ['key address at another port', { jwks_uri: document.jwks_uri.replace('.com', '.com:8443') }],
    ['key address with the host as user name', { jwks_uri: 'https://login.microsoftonline.com@attacker.example/keys' }],
    ['file as key address', { jwks_uri: 'file:///keys' }],
    ['missing key address', { jwks_uri: undefined }],
  ])('refuses a %s', (_, change) => {
    expect(() => readIssuerMetadata({ ...document, ...change }, v2, new Authority(entra))).toThrow();
  });
});
