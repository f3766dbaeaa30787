import { jobs } from '../../apps/simulator/src/world/default-world.ts';

// What requests are spoiled with. Everything is latin1 text, one character for each byte on the wire.

const principal = jobs.hrInbound.servicePrincipalId;

export const hostileMethods = [
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND', 'QUERY'],
  ...['get', 'Post', 'BREW', 'GETPOST', ''],
];

/** In place of a segment of a path, or between two. */
export const hostileSegments = [
  ...['', '.', '..', '...', '%2e', '%2e%2e', '%252e%252e', '..;', '..%00', '%2e%2e%2f', '..%5c', '..%c0%af', '%ff'],
  ...['%00', '%0d%0a', '%', '%z', '%u002f', ';x=1', '{id}', '*', '~', '\\', '"', '<script>', '\xe9', '\xff', '%20'],
  ...['restart', 'schema', 'secrets', 'templates', '$batch', '$ref', 'owners', 'addPassword', 'provisionOnDemand'],
  ...['pause', 'start', 'jobs', 'v1.0', 'beta', 'api', 'PAUSE', 'null', 'undefined', '__proto__', 'constructor', '-1'],
  ...[
    '0',
    '9007199254740993',
    '1e3',
    'x'.repeat(201),
    'x'.repeat(513),
    'x'.repeat(3000),
    'ffffffff-ffff-4fff-8fff-ffffffffffff',
  ],
  ...[`(appId='${principal}')`, principal.toUpperCase(), `{${principal}}`, `${principal}%2fowners`],
  ...[`${jobs.scim.jobId}%2frestart`, `${jobs.scim.jobId}?x`, `${jobs.scim.jobId}%00`, `${jobs.scim.jobId}..`],
];

/** Whole targets that Graph knows and Interlock must not. */
export const forbiddenTargets = [
  ...['synchronization/secrets', 'synchronization/templates', 'synchronization/acquireAccessToken'].flatMap((rest) => [
    `/v1.0/servicePrincipals/${principal}/${rest}`,
    `/beta/servicePrincipals/${principal}/${rest}`,
  ]),
  ...['restart', 'schema', 'validateCredentials', 'bulkUpload', 'provisionOnDemand', 'schema/directories'].map(
    (rest) => `/v1.0/servicePrincipals/${principal}/synchronization/jobs/${jobs.hrInbound.jobId}/${rest}`,
  ),
  ...['addPassword', 'addKey', 'owners', 'owners/$ref', 'appRoleAssignments', ''].map(
    (rest) => `/v1.0/servicePrincipals/${principal}/${rest}`,
  ),
  ...['/v1.0/$batch', '/v1.0/applications', '/v1.0/me', '/v1.0/users', '/v1.0', '/', '/beta/$metadata', '/.env'],
];

/** Before the path, where a target may say which host it means. */
export const hostileOrigins = [
  ...['http://graph.microsoft.com', 'https://graph.microsoft.com:443', 'http://127.0.0.1', '//graph.microsoft.com'],
  ...['http://user:pass@localhost', 'file://', '/', '\\\\', '*', '?', '#', '/%2f', '/./', '/v1.0/..', '/api/../..'],
];

export const hostileQueries = [
  ...['dryRun=true', 'dryRun=false', 'dryRun=', 'dryRun=true&dryRun=false', 'dryRun[]=true', 'DRYRUN=true'],
  ...['$select=id', '$expand=schema', '$filter=1%20eq%201', '$top=1', 'api-version=beta', 'limit=1', 'limit=-1'],
  ...['limit=1e3', 'cursor=%ff', 'cursor=MDAw', 'q=type:pause.intent', 'q=type:(', 'q=%22', 'order=newest', 'to=0'],
  ...['from=1&to=2', 'size=1', 'index=0', 'format=csv&limit=1', '__proto__[x]=1', 'constructor=1', 'a[b][c]=d', '%00'],
  ...['%', '=', '&&&&', '?', 'q='.padEnd(3000, 'a'), 'x=1&'.repeat(1500), 'purpose=\xff', 'q=created:9999-99-99'],
];

export const hostileHeaders: readonly string[] = [
  ...['X-HTTP-Method-Override: DELETE', 'X-HTTP-Method: POST', 'X-Method-Override: PUT', '_method: DELETE'],
  ...['X-Original-URL: /v1.0/$batch', 'X-Rewrite-URL: /api/audit/export', 'X-Forwarded-Prefix: /v1.0'],
  ...['X-Forwarded-For: 1.2.3.4, unknown', 'X-Forwarded-Host: graph.microsoft.com', 'Forwarded: for="[::1]";proto='],
  ...['Host: graph.microsoft.com', 'Host:', 'Authorization: Basic YTpi', 'Authorization: Bearer', 'Cookie: a=b; c'],
  ...['Content-Type: text/xml', 'Content-Type: application/json; charset=utf-16', 'Content-Type: ;', 'Content-Type:'],
  ...['Content-Type: multipart/form-data', 'Content-Encoding: gzip', 'Accept: */*;q=x', 'Accept-Encoding: br'],
  ...[
    'Prefer: return=representation',
    'Prefer: return=minimal, return=representation',
    'Prefer: ,;=',
    'Range: bytes=0-',
  ],
  ...['Interlock-Reason: another reason than that of the body', 'Interlock-Ticket: CHG9999999', 'Interlock-Ticket:'],
  ...['Interlock-Duration: PT1H', 'Interlock-Duration: P1M', 'Interlock-Until: never', 'Interlock-Reason: \xff\xfe'],
  ...['client-request-id: x', 'client-request-id: ../../x', 'request-id: 0', 'Idempotency-Key: a', 'Idempotency-Key:'],
  ...['traceparent: 00-0-0-0', 'If-None-Match: *', 'If-Match: "x"', 'Expect: 100-continue', 'Expect: the-unexpected'],
  ...[
    'Connection: keep-alive, Authorization',
    'Connection: close',
    'TE: trailers',
    'Trailer: Authorization',
    '__proto__: 1',
  ],
  ...[
    'Upgrade: h2c',
    'Connection: Upgrade, HTTP2-Settings',
    `X-Long: ${'x'.repeat(8_000)}`,
    `X-L: ${'x'.repeat(40_000)}`,
  ],
];

/** Headers that say two things about the length of a body, or cannot be read at all: they end the connection. */
export const spoilingHeaders: readonly string[] = [
  ...['Content-Length: 0', 'Content-Length: 5', 'Content-Length: -1', 'Content-Length: 1e1', 'Transfer-Encoding: gzip'],
  ...['Transfer-Encoding: chunked', 'Transfer-Encoding : chunked', 'no colon', ': no name', 'b\xe4d: name', 'X: a\0b'],
  ...[' folded: line', 'X: a\rb', 'Transfer-Encoding: chunked, identity', 'Content-Length: 99999999999999999999'],
];

export const hostileBodies: readonly string[] = [
  ...[
    '',
    '{}',
    '[]',
    '[1]',
    'null',
    'true',
    '0',
    '"text"',
    '{',
    '{"reason":',
    '}',
    '{"reason":"x"}trailing',
    '\0',
    '\xff',
  ],
  ...['{"reason":1}', '{"reason":null}', '{"reason":{"$ne":""}}', '{"reason":"\\u0000"}', '{"reason":"\\ud800"}'],
  ...[
    '{"__proto__":{"reason":"x"}}',
    '{"constructor":{"prototype":{}}}',
    '{"reason":"a","reason":"b"}',
    '\xef\xbb\xbf{}',
  ],
  ...['{"criteria":{"resetScope":"Full"}}', '{"value":[{"key":"BaseAddress","value":"x"}]}', '{"duration":"PT1H"}'],
  ...['{"duration":"-PT1H"}', '{"until":"2099-01-01T00:00:00"}', '{"until":"2020-01-01T00:00:00Z"}', '{"ticket":[]}'],
  ...['reason=a&ticket=b', '<reason/>', '['.repeat(5_000), `{"reason":"${'x'.repeat(1_001)}"}`, '{"a":'.repeat(2_000)],
  `{"reason":"${'x'.repeat(20_000)}"}`,
];

/** Larger than any limit; few requests have it, as it takes its time. */
export const hugeBody = `{"reason":"${'x'.repeat(512 * 1024)}"}`;
