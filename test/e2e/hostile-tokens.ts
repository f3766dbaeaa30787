import {
  altered,
  app1,
  app2,
  base64url,
  header,
  type HostileToken,
  made,
  otherLastCharacter,
  text,
  user1,
  user2,
} from '../support/hostile-token.ts';
import { otherTenant, ourAppIdUri, ourClientId, ourTenant } from '../support/token-issuer.ts';

export type { HostileToken };

const form: readonly HostileToken[] = [
  made('a word', 'token_malformed', () => 'token'),
  altered('no signature part', 'token_malformed', ([h, p]) => `${h}.${p}`),
  altered('an empty signature', 'token_malformed', ([h, p]) => `${h}.${p}.`),
  altered('an empty header', 'token_malformed', ([, p, s]) => `.${p}.${s}`),
  altered('an empty payload', 'token_malformed', ([h, , s]) => `${h}..${s}`),
  altered('a fourth part', 'token_malformed', ([h, p, s]) => `${h}.${p}.${s}.${s}`),
  altered('the five parts of an encrypted token', 'token_malformed', ([h, p, s]) => [h, p, s, p, s].join('.')),
  altered('a padded signature', 'token_malformed', ([h, p, s]) => `${h}.${p}.${s}==`),
  altered('the base64 alphabet', 'token_malformed', ([h, p, s]) => `${h}.${p}.+${s.slice(1)}`),
  altered('stray bits after the signature', 'token_malformed', ([h, p, s]) => `${h}.${p}.${otherLastCharacter(s)}`),
  altered('a tilde in the payload', 'token_malformed', ([h, p, s]) => `${h}.${p}~.${s}`),
  text('a header that is no JSON', 'header', '{"alg":"RS256"'),
  text('a header that is a list', 'header', '["RS256"]'),
  text('a header that is null', 'header', 'null'),
  text('a payload that is no JSON', 'payload', 'roles=Jobs.Pause'),
  text('a payload that is a list', 'payload', '[{"roles":["Jobs.Pause"]}]'),
  text('a payload that is a string', 'payload', '"Jobs.Pause"'),
  text('a payload that is no UTF-8', 'payload', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
  text('a payload behind a byte order mark', 'payload', '\ufeff{}'),
  text('brackets without end', 'payload', '['.repeat(9_000)),
  app2('more than 16 KiB', 'token_too_large', { name: 'x'.repeat(13_000) }),
];

const headers: readonly HostileToken[] = [
  header('no algorithm', 'alg_not_allowed', { alg: undefined }),
  header('algorithm none with a signature', 'alg_not_allowed', { alg: 'none' }),
  header('algorithm nOnE', 'alg_not_allowed', { alg: 'nOnE' }),
  made('algorithm none without a signature', 'token_malformed', (issuer) =>
    [base64url({ ...issuer.header(), alg: 'none' }), base64url(issuer.claims('2.0', 'application')), ''].join('.'),
  ),
  header('algorithm in lower case', 'alg_not_allowed', { alg: 'rs256' }),
  header('a list of algorithms', 'alg_not_allowed', { alg: ['RS256'] }),
  ...(['HS256', 'RS384', 'PS256'] as const).map((alg) =>
    made(`${alg} with the published key`, 'alg_not_allowed', (issuer) =>
      issuer.forge(issuer.header({ alg }), issuer.claims('2.0', 'application'), issuer.current, alg),
    ),
  ),
  made('ES256 with a published key', 'alg_not_allowed', (issuer) => {
    const elliptic = issuer.header({ alg: 'ES256', kid: 'elliptic' });
    return issuer.forge(elliptic, issuer.claims('2.0', 'application'), issuer.unusable.elliptic, 'ES256');
  }),
  made('its own key in jwk', 'header_not_allowed', (issuer) => {
    const jwk = issuer.foreign.publicKey.export({ format: 'jwk' });
    return issuer.forge(issuer.header({ jwk }), issuer.claims('2.0', 'application'), issuer.foreign);
  }),
  header('a key set in jku', 'header_not_allowed', { jku: 'https://attacker.example/keys' }),
  header('a certificate address in x5u', 'header_not_allowed', { x5u: 'https://attacker.example/cert' }),
  header('a certificate in x5c', 'header_not_allowed', { x5c: ['MIIB'] }),
  header('a critical extension', 'header_not_allowed', { crit: ['exp'], exp: 1 }),
  header('an empty list of critical extensions', 'header_not_allowed', { crit: [] }),
  header('a payload that is not encoded', 'header_not_allowed', { b64: false }),
  header('compression', 'header_not_allowed', { zip: 'DEF' }),
  header('encryption', 'header_not_allowed', { enc: 'A256GCM' }),
  header('an ephemeral key', 'header_not_allowed', { epk: {} }),
  header('a nested token', 'header_not_allowed', { cty: 'JWT' }),
  header('no type', 'type_not_allowed', { typ: undefined }),
  header('the type of a DPoP proof', 'type_not_allowed', { typ: 'dpop+jwt' }),
  header('the type of a logout token', 'type_not_allowed', { typ: 'logout+jwt' }),
  header('a type that is a number', 'type_not_allowed', { typ: 1 }),
  header('no kid', 'kid_missing', { kid: undefined }),
  header('an empty kid', 'kid_missing', { kid: '' }),
  header('a kid that is a number', 'kid_missing', { kid: 0 }),
  header('a kid that is a list', 'kid_missing', { kid: ['current'] }),
  made('a header in __proto__', 'alg_not_allowed', (issuer) =>
    issuer.forge('{"__proto__":{"alg":"RS256","typ":"JWT","kid":"current"}}', issuer.claims('2.0', 'application')),
  ),
];

const signatures: readonly HostileToken[] = [
  header('an unknown kid', 'kid_unknown', { kid: 'nobody' }),
  header('a kid that names a prototype', 'kid_unknown', { kid: '__proto__' }),
  header('a kid that is a path', 'kid_unknown', { kid: '../../current' }),
  header('a kid in other case', 'kid_unknown', { kid: 'Current' }),
  ...(['weak', 'encryption', 'personal', 'elliptic'] as const).map((kid) =>
    made(`the published key that is ${kid}`, 'kid_unknown', (issuer) => {
      const key = issuer.unusable[kid];
      return issuer.forge(issuer.header({ kid }), issuer.claims('2.0', 'application'), key);
    }),
  ),
  made('the signature of a stranger', 'signature_invalid', (issuer) =>
    issuer.forge(issuer.header(), issuer.claims('2.0', 'application'), issuer.foreign),
  ),
  made('the signature of another published key', 'signature_invalid', (issuer) =>
    issuer.forge(issuer.header(), issuer.claims('2.0', 'application'), issuer.next),
  ),
  made('the signature of another token', 'signature_invalid', async (issuer) => {
    const sound = await issuer.mint(issuer.claims('2.0', 'application'));
    const more = issuer.claims('2.0', 'application', { roles: ['Jobs.Start'] });
    return [base64url(issuer.header()), base64url(more), sound.split('.')[2]].join('.');
  }),
  altered('a type changed after signing', 'signature_invalid', ([, p, s]) =>
    [base64url({ typ: 'at+jwt', alg: 'RS256', kid: 'current' }), p, s].join('.'),
  ),
  altered('a signature cut short', 'signature_invalid', ([h, p, s]) => `${h}.${p}.${s.slice(0, 340)}`),
  altered('a signature of one byte', 'signature_invalid', ([h, p]) => `${h}.${p}.AA`),
  altered('a signature of zeros', 'signature_invalid', ([h, p]) => `${h}.${p}.${'A'.repeat(342)}`),
];

const origins: readonly HostileToken[] = [
  app2('no version', 'version_mismatch', { ver: undefined }),
  app2('a version to come', 'version_mismatch', { ver: '3.0' }),
  app2('a version that is a number', 'claim_malformed', { ver: 2 }),
  app2('v2.0 that says it is v1.0', 'version_mismatch', { ver: '1.0' }),
  app1('v1.0 that says it is v2.0', 'version_mismatch', { ver: '2.0' }),
  app2('no tenant', 'tenant_missing', { tid: undefined }),
  app2('a tenant that is no GUID', 'claim_malformed', { tid: 'contoso.example' }),
  app2('a list of tenants', 'claim_malformed', { tid: [ourTenant] }),
  app2('another tenant, signed by the shared key', 'tenant_not_allowed', (issuer) => ({
    tid: otherTenant,
    iss: issuer.issuer('2.0', otherTenant),
  })),
  app1('another tenant, signed by the shared key', 'tenant_not_allowed', (issuer) => ({
    tid: otherTenant,
    iss: issuer.issuer('1.0', otherTenant),
  })),
  app2('our issuer with the tenant of another', 'tenant_not_allowed', { tid: otherTenant }),
  app2('our tenant with the issuer of another', 'issuer_tenant_mismatch', (issuer) => ({
    iss: issuer.issuer('2.0', otherTenant),
  })),
  app1('our tenant with the issuer of another', 'issuer_tenant_mismatch', (issuer) => ({
    iss: issuer.issuer('1.0', otherTenant),
  })),
  user2('a personal account', 'personal_account', (issuer) => ({
    tid: '9188040d-6c67-4c5b-b112-36a304b66dad',
    iss: issuer.issuer('2.0', '9188040d-6c67-4c5b-b112-36a304b66dad'),
  })),
  app2('no issuer', 'issuer_not_allowed', { iss: undefined }),
  app2('an empty issuer', 'issuer_not_allowed', { iss: '' }),
  app2('a list of issuers', 'claim_malformed', (issuer) => ({ iss: [issuer.issuer('2.0')] })),
  app2("the template of the tenants' issuers", 'issuer_not_allowed', (issuer) => ({
    iss: issuer.issuer('2.0', '{tenantid}'),
  })),
  app2('the issuer of every tenant', 'issuer_not_allowed', (issuer) => ({ iss: issuer.issuer('2.0', 'common') })),
  app2('the issuer of another cloud', 'issuer_not_allowed', {
    iss: `https://login.microsoftonline.us/${ourTenant}/v2.0`,
  }),
  app2('an issuer without TLS', 'issuer_not_allowed', (issuer) => ({
    iss: issuer.issuer('2.0').replace('https:', 'http:'),
  })),
  app2('an issuer in capitals', 'issuer_not_allowed', (issuer) => ({
    iss: issuer.issuer('2.0').replace(/^https:..[^/]+/, (origin) => origin.toUpperCase()),
  })),
  app1('an issuer without its slash', 'issuer_not_allowed', (issuer) => ({ iss: issuer.issuer('1.0').slice(0, -1) })),
  app2('an issuer that ends like ours', 'issuer_not_allowed', (issuer) => ({
    iss: `https://attacker.example/?${issuer.issuer('2.0')}`,
  })),
  app2('an issuer behind a user name', 'issuer_not_allowed', (issuer) => ({
    iss: issuer.issuer('2.0').replace('https://', 'https://login.example@attacker.example/'),
  })),
];

const graphAudiences = [
  '00000003-0000-0000-c000-000000000000',
  '00000003-0000-0000-C000-000000000000/',
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
  'HTTPS://GRAPH.MICROSOFT.COM',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us/',
  'https://microsoftgraph.chinacloudapi.cn',
];

const audiences: readonly HostileToken[] = [
  app2('no audience', 'audience_missing', { aud: undefined }),
  app2('our audience in a list', 'audience_malformed', { aud: [ourClientId] }),
  app2('our audience among others', 'audience_malformed', { aud: [ourClientId, graphAudiences[0]] }),
  app2('an audience that is null', 'audience_malformed', { aud: null }),
  app2('an empty audience', 'audience_not_allowed', { aud: '' }),
  app2('the audience of another API', 'audience_not_allowed', { aud: '77777777-0000-4000-8000-777777777777' }),
  app2('our audience in capitals', 'audience_not_allowed', { aud: ourClientId.toUpperCase() }),
  app1('our audience with a slash', 'audience_not_allowed', { aud: `${ourAppIdUri}/` }),
  app1('an audience below ours', 'audience_not_allowed', { aud: `${ourAppIdUri}/jobs` }),
  app1('an audience that begins like ours', 'audience_not_allowed', { aud: `${ourAppIdUri}.attacker.example` }),
  ...graphAudiences.map((aud) => app1(`audience ${aud}`, 'audience_is_graph', { aud })),
  made("a token of Graph with Graph's nonce", 'audience_is_graph', (issuer) =>
    issuer.forge(
      issuer.header({ nonce: 'n' }),
      issuer.claims('1.0', 'user', { aud: graphAudiences[1] }),
      issuer.foreign,
    ),
  ),
];

const lifetimes: readonly HostileToken[] = [
  app2('no end', 'lifetime_missing', { exp: undefined }),
  app2('no beginning', 'lifetime_missing', { nbf: undefined }),
  app2('no time of issue', 'lifetime_missing', { iat: undefined }),
  app2('an end long ago', 'expired', { exp: 1 }),
  app2('an end just beyond the skew', 'expired', ({ seconds }) => ({ exp: seconds - 300 })),
  user1('an end just beyond the skew', 'expired', ({ seconds }) => ({ exp: seconds - 300 })),
  app2('a beginning in the future', 'not_yet_valid', ({ seconds }) => ({ nbf: seconds + 3600 })),
  app2('an issue in the future', 'issued_in_future', ({ seconds }) => ({ iat: seconds + 3600 })),
  app2('an end that is a text', 'claim_malformed', ({ seconds }) => ({ exp: String(seconds + 60) })),
  app2('an end that is null', 'claim_malformed', { exp: null }),
  app2('an end in milliseconds', 'claim_malformed', ({ seconds }) => ({ exp: (seconds + 60) * 1000 })),
  app2('an end before 1970', 'claim_malformed', { exp: -1 }),
  made('an end that is infinite', 'claim_malformed', (issuer) => {
    const endless = JSON.stringify(issuer.claims('2.0', 'application', { exp: 0 })).replace('"exp":0', '"exp":1e999');
    return issuer.forge(issuer.header(), endless);
  }),
];

const idToken = { azp: undefined, azpacr: undefined, appid: undefined, scp: undefined, idtyp: undefined };

const kinds: readonly HostileToken[] = [
  user2('an ID token of a user with roles', 'id_token', idToken),
  user1('an ID token of a user with roles', 'id_token', { ...idToken, aud: ourClientId }),
  user2('an ID token that names a client', 'id_token', { scp: undefined, nonce: 'n-0S6' }),
  user2('an ID token with scopes', 'id_token', { nonce: 'n-0S6' }),
  user2('an ID token of the hybrid flow', 'id_token', { c_hash: 'LDktKdoQak3Pk0cnXxCltA' }),
  user2('an ID token beside an access token', 'id_token', { at_hash: '77QmUPtjPfzWtF2AnpK9RQ' }),
  app2('no role', 'no_roles_or_scopes', { roles: undefined }),
  app1('no role', 'no_roles_or_scopes', { roles: undefined }),
  app2('an empty list of roles', 'no_roles_or_scopes', { roles: [] }),
  user2('neither scope nor role', 'no_roles_or_scopes', { scp: undefined, roles: undefined }),
  app2('an application with scopes', 'caller_kind_contradiction', { scp: 'Jobs.Pause' }),
  user2('a user that says it is an application', 'caller_kind_contradiction', { idtyp: 'app' }),
  user2('a user without scopes', 'caller_kind_contradiction', { idtyp: 'user', scp: undefined }),
  app2('an application that says it is a user', 'caller_kind_contradiction', { idtyp: 'user' }),
  user2('roles of a user without scopes', 'caller_kind_unknown', { scp: undefined }),
  app2('neither idtyp nor a subject', 'caller_kind_unknown', { idtyp: undefined, sub: undefined }),
  app2('a kind to come', 'caller_kind_unknown', { idtyp: 'device' }),
  app2('a kind in capitals', 'caller_kind_unknown', { idtyp: 'APP' }),
  app2('a kind that is a number', 'claim_malformed', { idtyp: 1 }),
];

const principals: readonly HostileToken[] = [
  app2('roles as a text', 'claim_malformed', { roles: 'Jobs.Pause' }),
  app2('roles as an object', 'claim_malformed', { roles: { 0: 'Jobs.Pause', length: 1 } }),
  app2('roles in lists', 'claim_malformed', { roles: [['Jobs.Pause']] }),
  app2('a role that is a number', 'claim_malformed', { roles: ['Jobs.Pause', 1] }),
  user2('scopes as a list', 'claim_malformed', { scp: ['Jobs.Pause'] }),
  user2('empty scopes', 'claim_malformed', { scp: '' }),
  user2('scopes behind a line break', 'claim_malformed', { scp: 'Jobs.Read\nJobs.Pause' }),
  user2('a directory role that is no GUID', 'claim_malformed', { wids: ['Global Administrator'] }),
  user2('directory roles as a text', 'claim_malformed', { wids: '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2' }),
  app2('no object id', 'object_id_missing', { oid: undefined }),
  app2('an object id that is no GUID', 'claim_malformed', { oid: '*' }),
  app2('an object id with a line break', 'claim_malformed', { oid: '55555555-eeee-4eee-8eee-555555555555\n' }),
  app2('no client', 'client_id_missing', { azp: undefined }),
  app2('the client claim of v1.0', 'client_id_missing', { azp: undefined, appid: ourClientId }),
  app1('the client claim of v2.0', 'client_id_missing', { appid: undefined, azp: ourClientId }),
  user2('no client', 'client_id_missing', { azp: undefined }),
  app2('a client that is no GUID', 'claim_malformed', { azp: 'hr-portal' }),
  user2('a name that is an object', 'claim_malformed', { name: { toString: 'Ada' } }),
  ...(['__proto__', 'constructor'] as const).map((name) =>
    made(`roles in ${name}`, 'no_roles_or_scopes', (issuer) => {
      const bare = JSON.stringify(issuer.claims('2.0', 'application', { roles: undefined }));
      return issuer.forge(issuer.header(), `${bare.slice(0, -1)},"${name}":{"roles":["Jobs.Pause"]}}`);
    }),
  ),
];

/** Every way that is known to us of passing for somebody: none of them may pass. */
export const hostileTokens: readonly HostileToken[] = [
  ...form,
  ...headers,
  ...signatures,
  ...origins,
  ...audiences,
  ...lifetimes,
  ...kinds,
  ...principals,
];
